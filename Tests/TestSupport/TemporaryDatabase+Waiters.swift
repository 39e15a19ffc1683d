import Postgres

extension TemporaryDatabase {
    /// Waits until others wait for a lock.
    ///
    /// - Parameters:
    ///   - count: How many there have to be.
    ///   - text: What stands in the statements that they run.
    /// - Returns: The processes that serve them.
    /// - Throws: `PostgresError`; `NeverHappened`.
    @discardableResult
    package static func waiters(
        _ count: Int = 1,
        running text: String = ""
    ) async throws -> [Int32] {
        let observer = try await connect()
        var waiters: [Int32] = []
        try await eventually("\(count) wait for a lock") {
            waiters = try await observer.query(
                """
                SELECT pid
                FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'
                    AND position(\(text) IN query) > 0
                """
            ).map { try $0.int32("pid") }
            return waiters.count >= count
        }
        await observer.close()
        return waiters
    }

    /// Waits until the server is at work on a statement.
    ///
    /// - Parameter text: What stands in it.
    /// - Throws: `PostgresError`; `NeverHappened`.
    package static func runs(_ text: String) async throws {
        let observer = try await connect()
        try await eventually("the server is at work on \(text)") {
            try await !observer.query(
                """
                SELECT pid
                FROM pg_stat_activity
                WHERE datname = current_database() AND state = 'active'
                    AND pid <> pg_backend_pid() AND position(\(text) IN query) > 0
                """
            ).isEmpty
        }
        await observer.close()
    }
}
