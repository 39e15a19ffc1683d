package import Evaluation
package import Postgres
import Store

/// Adds the deltas that uploads have appended into one row a cell, so that reading stays cheap.
package struct FoldCells: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask

    /// Folding is worth its while from this many delta rows a cell on.
    static let worthwhileDeltas: Int64 = 8

    package init(pool: PostgresPool, task: PredictionTask) {
        self.pool = pool
        self.task = task
    }

    /// Folds where cells consist of many deltas.
    ///
    /// - Returns: Whether it did.
    @discardableResult
    package func runIfWorthwhile() async throws -> Bool {
        let buckets = try task.timeBuckets()
        let count = try await pool.withConnection {
            try await CellStore($0, task: task, buckets: buckets).deltaCount()
        }
        guard count.rows > Self.worthwhileDeltas * max(1, count.cells) else { return false }
        try await run()
        return true
    }

    package func run() async throws {
        let buckets = try task.timeBuckets()
        try await pool.withTransaction { connection in
            _ = try await Gate(connection).enter(task)
            let store = CellStore(connection, task: task, buckets: buckets)
            try await store.replace(
                cells: try await store.cells(slice: nil, starting: .always, from: .rows),
                pairs: try await store.pairs(slice: nil, starting: .always, from: .rows),
                contradictions: try await store.contradictions(starting: .always, from: .rows)
            )
        }
    }
}
