package import Evaluation
package import Postgres
import Store

/// One upload with what was taken back of it.
package struct ShowUpload: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let uploadID: Int64

    package init(pool: PostgresPool, task: PredictionTask, uploadID: Int64) {
        self.pool = pool
        self.task = task
        self.uploadID = uploadID
    }

    /// - Returns: As the ledger has it.
    /// - Throws: `HarnessError.noSuchUpload`.
    package func run() async throws -> UploadRecord {
        try await pool.withConnection { connection in
            guard let entry = try await UploadLedger(connection).upload(uploadID, of: task) else {
                throw HarnessError.noSuchUpload(uploadID, task: task.name)
            }
            return UploadRecord(
                entry: entry,
                withdrawals: try await WithdrawalLedger(connection, task: task)
                    .withdrawals(of: [uploadID])
            )
        }
    }
}
