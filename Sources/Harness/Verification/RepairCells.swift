package import Evaluation
package import Postgres
import Store

/// Writes the cells of a task anew from its rows.
///
/// One transaction under the task's gate: uploads wait, questions are answered from what was there before, and who is
/// interrupted leaves it as it was. Cells older than the rows that are kept stay as they are.
package struct RepairCells: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let author: String

    package init(
        pool: PostgresPool,
        task: PredictionTask,
        author: String = Author.commandLine
    ) {
        self.pool = pool
        self.task = task
        self.author = author
    }

    /// Repairs, and tells of it in the audit log.
    ///
    /// - Throws: `PostgresError`.
    package func run() async throws {
        try await pool.withTransaction { connection in
            _ = try await Gate(connection).enter(task)
            try await rewrite(connection)
            try await ChangeStore(connection).record("cells.repair", "", of: task, by: author)
        }
    }

    /// Writes the cells anew; `connection` is in a transaction that has entered the gate.
    func rewrite(_ connection: PostgresConnection) async throws {
        let buckets = try task.timeBuckets()
        let dictionary = try await DictionaryStore(connection).load(task)
        let facts = FactStore(connection, task: task)
        try await facts.prepareSession()
        var accumulator = CellAccumulator(
            task: task,
            dictionary: dictionary,
            buckets: buckets,
            pairKeepers: try await PairKeeperStore(connection, task: task).all().models
        )
        try await FactScan(facts: facts, task: task, dictionary: dictionary).run { history in
            accumulator.add(history, sign: 1)
            for prediction in history.predictions { accumulator.mark(prediction) }
        }
        let released = try await ReleaseStore(connection, task: task).released()
        let kept = Window.always.after(released?.rowsFrom ?? .distantPast)
        func isKept(_ bucket: Int32) -> Bool { kept.contains(buckets.start(ofNumber: bucket)) }
        try await CellStore(connection, task: task, buckets: buckets).replace(
            starting: kept,
            cells: accumulator.cells.filter { isKept($0.key.bucket) },
            pairs: accumulator.pairs.filter { isKept($0.key.bucket) },
            contradictions: accumulator.contradictions.filter { isKept($0.key) },
            marked: accumulator.marked.filter { isKept($0.bucket) }
        )
        try await TaskStore(connection).markCellsRenewed(task)
    }
}
