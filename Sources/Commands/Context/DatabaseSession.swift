import EmbeddedPostgres
import Migrations
import Postgres

/// The database that a command works on, from the first connection to the last.
struct DatabaseSession: Sendable {
    var location: DatabaseLocation

    init(_ location: DatabaseLocation) {
        self.location = location
    }

    /// Runs the body with connections to a database whose tables are those of this version.
    ///
    /// The private server is started if it does not run, and stopped if nobody else uses it.
    ///
    /// - Parameter body: Gets the connections.
    /// - Returns: What the body returns.
    /// - Throws: The body's error; `CommandError.schemaMissing` for a server whose tables are older.
    func withPool<T>(_ body: (PostgresPool) async throws -> T) async throws -> T {
        switch location {
        case .server(let url):
            return try await Self.withPool(url) { pool in
                try await Schema(pool: pool).check()
                return try await body(pool)
            }
        case .embedded(let name):
            let server = try EmbeddedPostgres()
            return try await server.withServer { url in
                let url = try await Self.database(name, server: server, usual: url)
                return try await Self.withPool(url) { pool in
                    try await Schema(pool: pool).migrate()
                    return try await body(pool)
                }
            }
        }
    }

    /// Runs the body with connections to a database whatever its tables are.
    func withPoolUnchecked<T>(
        _ body: (PostgresPool) async throws -> T
    ) async throws -> T {
        switch location {
        case .server(let url): return try await Self.withPool(url, body)
        case .embedded(let name):
            let server = try EmbeddedPostgres()
            return try await server.withServer { url in
                try await Self.withPool(
                    Self.database(name, server: server, usual: url),
                    body
                )
            }
        }
    }

    /// The connection string of a database of the private server.
    private static func database(
        _ name: String?,
        server: EmbeddedPostgres,
        usual: String
    ) async throws -> String {
        guard let name else { return usual }
        return server.connectionString(database: name)
    }

    private static func withPool<T>(
        _ url: String,
        _ body: (PostgresPool) async throws -> T
    ) async throws -> T {
        let pool = PostgresPool(PostgresConfiguration(connectionString: url))
        let result: T
        do {
            result = try await body(pool)
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
        return result
    }
}
