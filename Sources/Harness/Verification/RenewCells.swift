package import Evaluation
package import Postgres
import Store

/// Recomputes the cells of tasks for which an earlier version kept sums in another form, once.
///
/// Cells older than the rows that are kept stay: they are read as what they are.
package struct RenewCells: Sendable {
    package let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// - Returns: The names of the tasks whose cells were recomputed.
    @discardableResult
    package func run() async throws -> [Name] {
        let tasks = try await pool.withConnection { try await TaskStore($0).withOutdatedCells() }
        var renewed: [Name] = []
        for task in tasks where try await renew(task) { renewed.append(task.name) }
        return renewed
    }

    private func renew(_ task: PredictionTask) async throws -> Bool {
        let buckets = try task.timeBuckets()
        return try await pool.withTransaction { connection in
            _ = try await Gate(connection).enter(task)
            let tasks = TaskStore(connection)
            // Somebody else may have done it while this waited.
            guard try await tasks.withOutdatedCells().contains(where: { $0.id == task.id }) else {
                return false
            }
            let dictionary = try await DictionaryStore(connection).load(task)
            let facts = FactStore(connection, task: task)
            try await facts.prepareSession()
            var accumulator = CellAccumulator(
                task: task,
                dictionary: dictionary,
                buckets: buckets,
                pairKeepers: try await PairKeeperStore(connection, task: task).all().models
            )
            try await FactScan(facts: facts, task: task, dictionary: dictionary).run {
                accumulator.add($0, sign: 1)
            }
            let released = try await ReleaseStore(connection, task: task).released()
            let kept = Window.always.after(released?.rowsFrom ?? .distantPast)
            func isKept(_ bucket: Int32) -> Bool { kept.contains(buckets.start(ofNumber: bucket)) }
            try await CellStore(connection, task: task, buckets: buckets).replace(
                starting: kept,
                cells: accumulator.cells.filter { isKept($0.key.bucket) },
                pairs: accumulator.pairs.filter { isKept($0.key.bucket) }
            )
            try await tasks.markCellsRenewed(task)
            return true
        }
    }
}
