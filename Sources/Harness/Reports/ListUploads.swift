package import Evaluation
package import Postgres
import Store

/// The uploads of a task with what was taken back of them, the newest first, a page at a time.
package struct ListUploads: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let limit: Int
    /// As of which they are listed; `nil` for the present.
    package let asOf: Instant?

    package init(pool: PostgresPool, task: PredictionTask, limit: Int, asOf: Instant? = nil) {
        self.pool = pool
        self.task = task
        self.limit = limit
        self.asOf = asOf
    }

    /// - Parameter id: Only those before this one.
    /// - Returns: At most as many as the limit says.
    /// - Throws: `PostgresError`.
    package func run(before id: Int64? = nil) async throws -> [UploadRecord] {
        try await pool.withConnection { connection in
            let entries = try await UploadLedger(connection)
                .uploads(task, before: id, asOf: asOf, limit: limit)
            let withdrawals = try await WithdrawalLedger(connection, task: task)
                .withdrawals(of: entries.map(\.id))
                .filter { $0.withdrawnAt <= asOf ?? .distantFuture }
            let byUpload = Dictionary(grouping: withdrawals, by: \.uploadID)
            return entries.map {
                UploadRecord(entry: $0, withdrawals: byUpload[$0.id] ?? [])
            }
        }
    }
}
