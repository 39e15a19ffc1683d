import Harness
import Postgres
import TestSupport
import Testing

@testable import WebServer

/// Runs a server with the task `mine`, and checks that afterwards not one row more is in the database.
enum Untouched {
    static func with(
        _ change: (inout ServerSettings) -> Void = { _ in },
        _ body: @escaping @Sendable (RunningServer, Client) async throws -> Void
    ) async throws {
        try await RunningServer.with(change) { running in
            let client = try await running.client()
            let made = try await client.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            #expect(made.status == 201, "\(made.text)")
            let before = try await counts(running.server.backend.readers)
            try await body(running, client)
            let after = try await counts(running.server.backend.readers)
            #expect(after == before, "something was stored")
            #expect(try await client.get("/healthz").status == 200, "the service lives")
        }
    }

    /// The rows of each table but that of tokens, which tests make.
    private static func counts(_ pool: PostgresPool) async throws -> [String: Int] {
        try await pool.withConnection { connection in
            let tables = try await connection.query(
                """
                SELECT relname::text AS name
                FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                    AND relname <> 'access_tokens'
                ORDER BY 1
                """
            )
            .map { try $0.text("name") }
            #expect(tables.contains("uploads") && tables.contains("rejects"))
            var counts: [String: Int] = [:]
            for table in tables {
                counts[table] = try await connection.query(
                    SQL(unsafe: "SELECT count(*) AS n FROM \"\(table)\"")
                ).single().int("n")
            }
            return counts
        }
    }
}
