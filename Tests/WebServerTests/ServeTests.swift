import EmbeddedPostgres
import TestSupport
import Testing

@testable import WebServer

@Suite(.temporaryDatabase, .hangLimit)
struct ServeTests {
    private func outcome(_ arguments: String...) async throws -> Command.Outcome {
        try await Executable(
            environment: ["GNOMON_DATABASE_URL": TemporaryDatabase.connectionString]
        ).run(["serve"] + arguments)
    }

    @Test func `a port in use is a failure and no wrong usage`() async throws {
        try await RunningServer.with { running in
            let outcome = try await outcome("--port", "\(running.port)")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors.hasPrefix(
                    "gnomon: The service cannot listen on 127.0.0.1, port \(running.port): "
                ),
                "\(outcome.errors)"
            )
        }
    }

    @Test func `settings that contradict each other are wrong usage`() async throws {
        #expect(try await outcome("--open", "--host", "0.0.0.0").status == 64)
        #expect(try await outcome("--tls-certificate", "a", "--tls-key", "b").status == 64)
        #expect(try await outcome("--port", "99999").status == 64)
    }
}
