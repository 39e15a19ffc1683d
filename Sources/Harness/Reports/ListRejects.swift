package import Evaluation
package import Postgres
import Store

/// The rejected rows of a task, newest upload first, as they were given.
package struct ListRejects: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let limit: Int

    package init(pool: PostgresPool, task: PredictionTask, limit: Int = 1_000) {
        self.pool = pool
        self.task = task
        self.limit = limit
    }

    /// A page of them, with the uploads that they are of.
    package func page(
        after place: RejectPlace?
    ) async throws -> [(uploadID: Int64, reject: Reject)] {
        try await pool.withConnection {
            try await UploadLedger($0).rejects(task, after: place, limit: limit)
        }
    }

    package func run() async throws -> [Reject] {
        try await pool.withConnection {
            try await UploadLedger($0).rejects(task, limit: limit)
        }
    }
}
