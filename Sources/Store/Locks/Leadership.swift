package import Postgres

/// The right to do what must be done by one instance alone; it ends with the connection.
package struct Leadership: Sendable {
    package let connection: PostgresConnection

    /// Any number that nothing else in the database uses; with the migrator's, a running service would keep a
    /// migration waiting for ever.
    private static let lock: Int64 = 0x6C65_6164_6572

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Takes the right, unless another connection has it.
    ///
    /// - Returns: Whether this connection has it now.
    /// - Throws: `PostgresError` where the connection is lost, and the right with it.
    package func take() async throws -> Bool {
        try await connection.query("SELECT pg_try_advisory_lock(\(Self.lock)) AS is_leader")
            .single()
            .bool("is_leader")
    }
}
