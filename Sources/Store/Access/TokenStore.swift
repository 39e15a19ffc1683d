package import Evaluation
package import Postgres

/// Tokens, by the SHA-256 of what their bearers send.
package struct TokenStore: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// - Returns: The token, with the id that it was given.
    package func create(_ token: AccessToken, digest: [UInt8]) async throws -> AccessToken {
        let rows = try await connection.query(
            """
            INSERT INTO access_tokens (name, digest, scopes, task_names, created_at, expires_at)
            VALUES (
                \(token.name), \(digest), \(token.scopes.map(\.rawValue).sorted()),
                \(token.tasks.map { PostgresValue.textArray($0.sorted().map(\.text)) } ?? .null),
                \(token.createdAt), \(token.expiresAt))
            ON CONFLICT (name) DO NOTHING
            RETURNING access_token_id
            """
        )
        guard let row = rows.first else { throw StoreError.tokenExists(name: token.name) }
        var created = token
        created.id = try row.int32("access_token_id")
        return created
    }

    /// All tokens, the newest first.
    package func all() async throws -> [AccessToken] {
        try await connection.query(Self.selection + "ORDER BY access_token_id DESC").map(
            Self.decode
        )
    }

    package func token(named name: Name) async throws -> AccessToken? {
        try await connection.query(Self.selection + "WHERE name = \(name)").first.map(Self.decode)
    }

    package func token(id: Int32) async throws -> AccessToken? {
        try await connection.query(Self.selection + "WHERE access_token_id = \(id)").first
            .map(Self.decode)
    }

    package func token(
        digest: [UInt8]
    ) async throws -> (token: AccessToken, digest: [UInt8])? {
        try await connection.query(Self.selection + "WHERE digest = \(digest)").first
            .map(Self.decodeWithDigest)
    }

    package func revoke(_ id: Int32, at instant: Instant) async throws {
        _ = try await connection.execute(
            """
            UPDATE access_tokens
            SET revoked_at = coalesce(revoked_at, \(instant))
            WHERE access_token_id = \(id)
            """
        )
    }

    /// Has the tokens that are good for a task follow it to another name, or be good for it no more.
    ///
    /// - Parameters:
    ///   - task: The name that it had.
    ///   - name: The one that it has now; `nil` where there is no such task any more.
    /// - Throws: `PostgresError`.
    package func followTask(_ task: Name, to name: Name?) async throws {
        _ = try await connection.execute(
            """
            UPDATE access_tokens
            SET task_names =
                array_remove(array_remove(task_names, \(task)), \(name))
                    || \(name.map { [$0] } ?? [])::text[]
            WHERE \(task) = ANY (task_names)
            """
        )
    }

    /// Notes that a token was used, unless that was noted within the last minute.
    package func noteUse(of id: Int32, at instant: Instant) async throws {
        _ = try await connection.execute(
            """
            UPDATE access_tokens
            SET last_used_at = \(instant)
            WHERE access_token_id = \(id)
                AND (last_used_at IS NULL OR last_used_at < \(instant.advanced(bySeconds: -60)))
            """
        )
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decodeWithDigest(
        _ row: PostgresRow
    ) throws -> (token: AccessToken, digest: [UInt8]) {
        (try decode(row), try row.bytes("digest"))
    }

    private static let selection: SQL = """
        SELECT access_token_id, name, digest, scopes, task_names, created_at, expires_at, last_used_at,
            revoked_at
        FROM access_tokens

        """

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decode(_ row: PostgresRow) throws -> AccessToken {
        AccessToken(
            id: try row.int32("access_token_id"),
            name: try row.name("name"),
            scopes: Set(try row.textArray("scopes").compactMap(AccessScope.init(rawValue:))),
            tasks: try row.optionalNames("task_names").map(Set.init),
            createdAt: try row.instant("created_at"),
            expiresAt: try row.optionalInstant("expires_at"),
            lastUsedAt: try row.optionalInstant("last_used_at"),
            revokedAt: try row.optionalInstant("revoked_at")
        )
    }
}
