import Contract
import EmbeddedPostgres
import Evaluation
import Foundation
import Harness
import Postgres
import Synchronization
import TestSupport
import Testing

/// The service as a process of its own, which can be killed and measured.
final class ServiceProcess: Sendable {
    private let executable: Executable
    private let port: Int
    private let running = Mutex<RunningCommand?>(nil)

    /// A service on a free port and on the database of the test case; it is not started yet.
    init() throws {
        var executable = try Executable(environment: [
            "GNOMON_DATABASE_URL": TemporaryDatabase.connectionString
        ])
        // Scripts measure the program as it is used.
        if let path = ProcessInfo.processInfo.environment["GNOMON_EXECUTABLE"] {
            executable.path = path
        }
        self.executable = executable
        port = try freePort()
    }

    func client(_ token: String?) -> Client { Client(port: port, token: token) }

    /// Makes the binary task `mine`, and a client that may everything.
    func client(_ pool: PostgresPool) async throws -> Client {
        _ = try await CreateTask(
            pool: pool,
            task: PredictionTask(name: "mine", kind: .binary)
        ).run()
        let token = try await CreateToken(pool: pool).run(
            name: "load",
            scopes: Set(AccessScope.allCases),
            tasks: nil,
            lifetimeSeconds: nil
        ).text
        return client(token)
    }

    /// Returns when it takes requests.
    func start() async throws {
        let started = try executable.start(["serve", "--port", "\(port)"])
        running.withLock { $0 = started }
        try await eventually("the service takes requests") { await isHealthy }
    }

    var isHealthy: Bool {
        get async { await (try? client(nil).get("/healthz").status) == 200 }
    }

    func send(_ signal: Int32) { running.withLock { $0?.send(signal: signal) } }

    /// Waits for its end.
    func outcome() async throws -> Command.Outcome {
        let command = try #require(running.withLock { $0 })
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try command.wait() }) }
        }
    }

    func kill() async throws {
        send(SIGKILL)
        _ = try await outcome()
    }

    // MARK: - Memory, as Linux tells it

    /// The most memory that it has used since `forgetPeak`, in KiB.
    func peak() throws -> Int {
        let text = try String(contentsOfFile: "\(try folder())/status", encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(line.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    }

    func forgetPeak() throws {
        let file = try #require(FileHandle(forWritingAtPath: "\(try folder())/clear_refs"))
        try file.write(contentsOf: Data("5".utf8))
        try file.close()
    }

    private func folder() throws -> String {
        "/proc/\(try #require(running.withLock { $0?.processID }))"
    }
}
