import Logging
package import Postgres

/// Brings a database to the schema of this program, forward only.
///
/// Each migration commits together with its row in `gnomon_migrations`. An advisory lock of the
/// session lets one process at a time do it; the others find it done.
package struct Migrator: Sendable {
    private let migrations: [Migration]

    package init(migrations: [Migration] = Migration.all) {
        self.migrations = migrations
    }

    /// Applies what is missing.
    ///
    /// - Parameter connection: Outside a transaction.
    /// - Returns: The migrations that were applied now, oldest first.
    /// - Throws: `MigrationError` where the database does not go with this program; the server's
    ///   error where a migration fails, which leaves those before it applied.
    @discardableResult
    package func migrate(_ connection: PostgresConnection) async throws -> [Migration] {
        if try await pending(connection).isEmpty { return [] }
        try await connection.execute("SELECT pg_advisory_lock(\(constant: Self.lockKey))")
        let applied: [Migration]
        do {
            applied = try await applyPending(connection)
        } catch {
            try? await unlock(connection)
            throw error
        }
        try await unlock(connection)
        return applied
    }

    /// What `migrate` would apply.
    ///
    /// Changes nothing.
    ///
    /// - Parameter connection: Any.
    /// - Returns: The missing migrations, oldest first.
    /// - Throws: `MigrationError` where the database does not go with this program.
    package func pending(_ connection: PostgresConnection) async throws -> [Migration] {
        let table = try await connection.query(
            "SELECT to_regclass('gnomon_migrations')::oid AS id"
        ).single()
        if try table.isNull("id") { return migrations }
        let rows = try await connection.query(
            "SELECT version, checksum FROM gnomon_migrations ORDER BY version"
        )
        for (index, row) in rows.enumerated() {
            let version = try row.int("version")
            guard version == index + 1 else { throw MigrationError.gap(version: index + 1) }
            guard index < migrations.count else { continue }
            let migration = migrations[index]
            guard try row.text("checksum") == migration.checksum else {
                throw MigrationError.changedAfterwards(version: version, name: migration.name)
            }
        }
        guard rows.count <= migrations.count else {
            throw MigrationError.databaseIsNewer(database: rows.count, program: migrations.count)
        }
        return Array(migrations.dropFirst(rows.count))
    }

    // MARK: -

    /// `gnomon` in ASCII.
    private static let lockKey = 0x676e_6f6d_6f6e

    private func applyPending(_ connection: PostgresConnection) async throws -> [Migration] {
        try await connection.executeScript(
            """
            CREATE TABLE IF NOT EXISTS gnomon_migrations (
                applied_at timestamptz NOT NULL,
                version integer NOT NULL,
                name text NOT NULL,
                checksum text NOT NULL,
                CONSTRAINT gnomon_migrations_pk PRIMARY KEY (version)
            )
            """
        )
        let pending = try await pending(connection)
        for migration in pending {
            try await connection.withTransaction { connection in
                // A large table may take longer than any statement of a request.
                try await connection.execute("SET LOCAL statement_timeout = 0")
                try await connection.executeScript(migration.sql)
                let now = PostgresValue.timestamp(
                    microsecondsSince1970: try await connection.microsecondsSince1970()
                )
                try await connection.execute(
                    """
                    INSERT INTO gnomon_migrations (applied_at, version, name, checksum)
                    VALUES (
                        \(now), \(Int32(migration.version)), \(migration.name),
                        \(migration.checksum))
                    """
                )
            }
            Logger.current.notice(
                "applied a migration",
                metadata: [
                    "migration.version": "\(migration.version)",
                    "migration.name": "\(migration.name)",
                ]
            )
        }
        return pending
    }

    private func unlock(_ connection: PostgresConnection) async throws {
        try await connection.execute("SELECT pg_advisory_unlock(\(constant: Self.lockKey))")
    }
}
