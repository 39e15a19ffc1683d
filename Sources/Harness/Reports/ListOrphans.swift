package import Evaluation
package import Postgres
import Store

/// The prediction ids that have labels but no prediction, a page at a time.
package struct ListOrphans: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let limit: Int

    package init(pool: PostgresPool, task: PredictionTask, limit: Int) {
        self.pool = pool
        self.task = task
        self.limit = limit
    }

    package func run(
        after place: OrphanPlace?
    ) async throws -> [(id: String, place: OrphanPlace)] {
        try await pool.withConnection {
            try await FactStore($0, task: task).orphans(after: place, limit: limit)
        }
    }
}
