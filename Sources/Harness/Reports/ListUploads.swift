package import Evaluation
package import Postgres
package import Store

/// The uploads of a task, the newest first, a page at a time.
package struct ListUploads: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let limit: Int

    package init(pool: PostgresPool, task: PredictionTask, limit: Int) {
        self.pool = pool
        self.task = task
        self.limit = limit
    }

    package func run(before id: Int64?) async throws -> [UploadEntry] {
        try await pool.withConnection {
            try await UploadLedger($0).uploads(task, before: id, limit: limit)
        }
    }
}
