package import Evaluation
package import Postgres

/// What of a task's uploads was taken back, when and by whom; added to and never changed.
package struct WithdrawalLedger: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask

    package init(_ connection: PostgresConnection, task: PredictionTask) {
        self.connection = connection
        self.task = task
    }

    package func record(_ withdrawal: Withdrawal) async throws {
        _ = try await connection.execute(
            """
            INSERT INTO upload_withdrawals (
                task_id, upload_id, withdrawn_at, from_at, to_at, row_count, author, note)
            VALUES (
                \(task.id), \(withdrawal.uploadID), \(withdrawal.withdrawnAt),
                \(withdrawal.interval?.lowerBound.clamped), \(withdrawal.interval?.upperBound.clamped),
                \(withdrawal.rows), \(withdrawal.author), \(withdrawal.note))
            """
        )
    }

    /// The withdrawals of some uploads, the earliest first.
    package func withdrawals(of uploads: [Int64]) async throws -> [Withdrawal] {
        try await connection.query(
            """
            SELECT upload_id, withdrawn_at, from_at, to_at, row_count, author, note
            FROM upload_withdrawals
            WHERE task_id = \(task.id) AND upload_id = ANY(\(uploads))
            ORDER BY withdrawn_at, upload_id
            """
        ).map(Self.decode)
    }

    /// The instant of the newest withdrawal; `nil` without one.
    package func newest() async throws -> Instant? {
        try await connection.query(
            "SELECT max(withdrawn_at) AS newest FROM upload_withdrawals WHERE task_id = \(task.id)"
        ).single().optionalInstant("newest")
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decode(_ row: PostgresRow) throws -> Withdrawal {
        Withdrawal(
            uploadID: try row.int64("upload_id"),
            withdrawnAt: try row.instant("withdrawn_at"),
            interval: try row.optionalInstant("from_at").map { from in
                Window(from: from.unclamped, upTo: try row.instant("to_at").unclamped)
            },
            rows: try row.int64("row_count"),
            author: try row.text("author"),
            note: try row.text("note")
        )
    }
}
