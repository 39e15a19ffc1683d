package import Evaluation
package import Postgres

/// Logins of people, by the SHA-256 of the secrets that their browsers keep.
package struct SessionStore: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    package func create(
        digest: [UInt8],
        tokenID: Int32,
        at instant: Instant,
        expiresAt: Instant
    ) async throws {
        _ = try await connection.execute(
            """
            INSERT INTO sessions (created_at, expires_at, access_token_id, digest)
            VALUES (\(instant), \(expiresAt), \(tokenID), \(digest))
            """
        )
    }

    /// - Returns: The token of a session, the session's end and its digest; `nil` where there is no such session.
    package func session(
        digest: [UInt8]
    ) async throws -> (tokenID: Int32, expiresAt: Instant, digest: [UInt8])? {
        try await connection.query(
            "SELECT access_token_id, expires_at, digest FROM sessions WHERE digest = \(digest)"
        ).first.map(Self.decode)
    }

    package func remove(digest: [UInt8]) async throws {
        _ = try await connection.execute("DELETE FROM sessions WHERE digest = \(digest)")
    }

    /// Removes all sessions of a token but the newest.
    package func removeOldest(tokenID: Int32, keeping count: Int) async throws {
        _ = try await connection.execute(
            """
            DELETE FROM sessions
            WHERE digest IN (
                SELECT digest
                FROM sessions
                WHERE access_token_id = \(tokenID)
                ORDER BY created_at DESC, digest
                OFFSET \(count))
            """
        )
    }

    /// - Returns: How many had come to their end.
    package func removeExpired(by instant: Instant) async throws -> Int {
        try await connection.execute("DELETE FROM sessions WHERE expires_at <= \(instant)")
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decode(
        _ row: PostgresRow
    ) throws -> (tokenID: Int32, expiresAt: Instant, digest: [UInt8]) {
        (try row.int32(0), try row.instant("expires_at"), try row.bytes("digest"))
    }
}
