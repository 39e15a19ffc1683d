import Contract
import HTTPTypes
import Migrations
import Postgres

/// Whether the service lives and can work.
struct ServiceRoutes: Sendable {
    let backend: Backend

    var routes: [Route] {
        [
            Route(.get, "/healthz", .everybody, ServiceDocumentation.health) { _ in
                Answer(json: ["status": "alive"])
            },
            Route(.get, "/readyz", .everybody, ServiceDocumentation.readiness) { _ in
                try await readiness()
            },
        ]
    }

    private func readiness() async throws -> Answer {
        let pending: [String]
        do {
            pending = try await backend.readers.withConnection {
                try await Migrator().pending($0).map(\.name)
            }
        } catch let error as PostgresError {
            throw Problem(.databaseUnreachable, Problem.of(error).detail, retryAfter: 2)
        }
        guard pending.isEmpty else {
            throw Problem(
                .databaseUnreachable,
                "The database lacks \(pending.joined(separator: ", ")); run gnomon migrate.",
                retryAfter: 30
            )
        }
        return Answer(json: ["status": "ready"])
    }
}
