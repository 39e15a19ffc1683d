package import Evaluation
package import Postgres

/// Who changed what and when; added to and never changed.
package struct ChangeStore: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Belongs into the transaction of the change itself.
    package func record(_ change: RecordedChange) async throws {
        _ = try await connection.execute(
            """
            INSERT INTO changes (changed_at, author, action, task_name, subject)
            VALUES (
                \(change.changedAt), \(change.author), \(change.action), \(change.task),
                \(change.subject))
            """
        )
    }

    /// The newest changes.
    ///
    /// - Parameters:
    ///   - id: Only those before this one.
    ///   - tasks: Only those of these tasks; `nil` for all.
    ///   - limit: How many at most.
    /// - Returns: The changes, the newest first.
    /// - Throws: `PostgresError`.
    package func list(
        before id: Int64?,
        tasks: [Name]?,
        limit: Int
    ) async throws -> [RecordedChange] {
        let names = tasks.map { PostgresValue.textArray($0.map(\.text)) } ?? .null
        return try await connection.query(
            """
            SELECT change_id, changed_at, author, action, task_name, subject
            FROM changes
            WHERE (\(id) IS NULL OR change_id < \(id))
                AND (\(names)::text[] IS NULL
                    OR task_name = ANY (\(names)::text[]))
            ORDER BY change_id DESC
            LIMIT \(limit)
            """
        ).map(Self.decode)
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decode(_ row: PostgresRow) throws -> RecordedChange {
        RecordedChange(
            id: try row.int64("change_id"),
            changedAt: try row.instant("changed_at"),
            author: try row.text("author"),
            action: try row.text("action"),
            task: try row.name("task_name"),
            subject: try row.text("subject")
        )
    }
}
