/// Tells those who use a connection what time it is; nothing else does.
package protocol PostgresClock: Sendable {
    /// - Returns: Microseconds since 1970-01-01T00:00:00Z.
    func microsecondsSince1970(_ connection: PostgresConnection) async throws -> Int64
}

/// The clock of the database server, which all programs that use the database share.
package struct ServerClock: PostgresClock {
    package init() {}

    package func microsecondsSince1970(_ connection: PostgresConnection) async throws -> Int64 {
        try await connection.query("SELECT clock_timestamp() AS now").single().timestamp("now")
    }
}

extension PostgresConnection {
    /// What time it is by the clock that the connection was given, in microseconds since 1970-01-01T00:00:00Z.
    package nonisolated func microsecondsSince1970() async throws -> Int64 {
        try await configuration.clock.microsecondsSince1970(self)
    }
}
