package import Evaluation
package import Postgres

/// Answers by the key that the request named itself with.
package struct AnswerStore: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    package func find(tokenID: Int32, key: String) async throws -> KeptAnswer? {
        try await connection.query(
            """
            SELECT request_digest, status, content_type, body
            FROM kept_answers
            WHERE access_token_id = \(tokenID) AND idempotency_key = \(key)
            """
        ).first.map(Self.decode)
    }

    /// Keeps the first answer of a key, as long as there is the task that it is about.
    package func keep(
        _ answer: KeptAnswer,
        about task: Name,
        tokenID: Int32,
        key: String,
        at instant: Instant
    ) async throws {
        _ = try await connection.execute(
            """
            INSERT INTO kept_answers (
                kept_at, access_token_id, idempotency_key, request_digest, status, content_type, body,
                task_id)
            SELECT \(instant), \(tokenID), \(key), \(answer.requestDigest), \(answer.status),
                \(answer.contentType), \(answer.body), task_id
            FROM tasks
            WHERE name = \(task)
            FOR KEY SHARE
            ON CONFLICT (access_token_id, idempotency_key) DO NOTHING
            """
        )
    }

    /// Forgets old answers.
    ///
    /// - Parameter instant: Those kept before it.
    /// - Returns: How many there were.
    /// - Throws: `PostgresError`.
    package func forget(before instant: Instant) async throws -> Int {
        try await connection.execute("DELETE FROM kept_answers WHERE kept_at < \(instant)")
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decode(_ row: PostgresRow) throws -> KeptAnswer {
        KeptAnswer(
            requestDigest: try row.bytes("request_digest"),
            status: try row.int32("status"),
            contentType: try row.text("content_type"),
            body: try row.bytes("body")
        )
    }
}
