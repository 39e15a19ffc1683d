import EmbeddedPostgres
import Migrations
import Postgres

/// The database that a command works on, from the first connection to the last.
struct DatabaseSession: Sendable {
    var location: DatabaseLocation
    private let showsProgress: Bool

    init(_ location: DatabaseLocation, showsProgress: Bool = false) {
        self.location = location
        self.showsProgress = showsProgress
    }

    /// Runs the body with connections to a database whose tables are those of this version.
    ///
    /// The private server is started if it does not run, and stopped if nobody else uses it.
    ///
    /// - Parameter body: Gets the connections.
    /// - Returns: What the body returns.
    /// - Throws: The body's error; `CommandError.schemaMissing` for a server whose tables are older.
    func withPool<T>(_ body: (PostgresPool) async throws -> T) async throws -> T {
        try await withPoolUnchecked { pool in
            switch location {
            case .server: try await Schema(pool: pool).check()
            case .embedded: try await Schema(pool: pool).migrate()
            }
            return try await body(pool)
        }
    }

    /// Runs the body with connections to a database whatever its tables are.
    func withPoolUnchecked<T>(
        _ body: (PostgresPool) async throws -> T
    ) async throws -> T {
        switch location {
        case .server(let url): try await Self.withPool(url, body)
        case .embedded(let name):
            try await withServer { server, url in
                let url = name.map { server.connectionString(database: $0) } ?? url
                return try await Self.withPool(url, body)
            }
        }
    }

    /// Runs the body while the private server runs.
    ///
    /// - Parameter body: Gets the server and where its usual database is.
    /// - Returns: What the body returns.
    /// - Throws: The body's error, or `EmbeddedPostgresError`.
    func withServer<T>(
        _ body: (EmbeddedPostgres, String) async throws -> T
    ) async throws -> T {
        let server = try EmbeddedPostgres()
        let lease = try await Progress("starting PostgreSQL", isShown: showsProgress).show {
            try await server.acquire()
        }
        let result: T
        do {
            result = try await body(server, lease.connectionString)
        } catch {
            try? await lease.release()
            throw error
        }
        try await lease.release()
        return result
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
