import Contract
import EmbeddedPostgres
import Evaluation
import Foundation
import Harness
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import WebServer

/// What a service that is killed under load has answered is there once, and what it has not is not there twice.
@Suite(.temporaryDatabase, .timeLimit(.minutes(KillSettings.minutes)))
struct KillTests {
    @Test func `every answered row is there once, and no other twice after its retry`() async throws
    {
        var generator = TestGenerator(seed: UInt64(KillSettings.seed))
        let seed = KillSettings.seed
        let pool = PostgresPool(TemporaryDatabase.configuration)
        let (service, client) = try await Self.service(pool)
        let pauses = (0..<KillSettings.points).map { _ in
            Duration.milliseconds(Int.random(in: 20...600, using: &generator))
        }
        let load = Load(client: client)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<8 {
                group.addTask { try await load.send(from: sender) }
            }
            for pause in pauses {
                try await service.start()
                try await Task.sleep(for: pause)
                try await service.kill()
            }
            try await service.start()
            load.isOver.store(true, ordering: .relaxed)
            try await group.waitForAll()
        }
        try await service.kill()

        let answered = load.answered.withLock { $0 }
        #expect(answered.count > KillSettings.points, "there was load (seed \(seed))")
        let rows = try await pool.withConnection { connection in
            try await connection.query(
                "SELECT prediction_id, count(*) AS n FROM orphan_labels GROUP BY 1"
            )
            .map { (try $0.text("prediction_id"), try $0.int("n")) }
        }
        #expect(
            Set(rows.map(\.0)) == answered,
            "what is stored is what was answered (seed \(seed))"
        )
        #expect(rows.allSatisfy { $0.1 == 1 }, "no row is there twice (seed \(seed))")
        let task = try await FindTasks(pool: pool).task(named: "mine")
        #expect(try await VerifyCells(pool: pool, task: task).run().isClean)
        await pool.close()
    }

    @Test func `a signal ends it when everything that was accepted is answered`() async throws {
        let pool = PostgresPool(TemporaryDatabase.configuration)
        let (service, client) = try await Self.service(pool)
        try await service.start()
        // A writer at the gate keeps the requests waiting until the service is told to end.
        let gate = try await TemporaryDatabase.connect()
        _ = try await gate.execute("BEGIN")
        _ = try await gate.query("SELECT task_id FROM task_gates FOR UPDATE")
        async let reply = client.post(
            "/v1/tasks/mine/labels",
            #"{"prediction_id":"late","observed_at":"2020-01-01T10:00:00Z","label":"1"}"#
        )
        var isWaiting = false
        while !isWaiting {
            isWaiting = try await pool.withConnection {
                try await $0.query(
                    "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted) AS is_waiting"
                ).single().bool("is_waiting")
            }
        }
        service.send(SIGTERM)
        try await Task.sleep(for: .milliseconds(300))
        _ = try await gate.execute("COMMIT")
        #expect(try await reply.status == 200)
        let outcome = try await service.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        await gate.close()
        await pool.close()
    }

    /// A service that is not started yet, over a task that its client may label.
    private static func service(_ pool: PostgresPool) async throws -> (Service, Client) {
        _ = try await CreateTask(pool: pool, task: PredictionTask(name: "mine", kind: .binary))
            .run()
        let token = try await CreateToken(pool: pool).run(
            name: "load",
            scopes: [.labels],
            tasks: nil,
            lifetimeSeconds: nil
        ).text
        let port = try freePort()
        let service = Service(
            executable: try Executable(environment: [
                "GNOMON_DATABASE_URL": TemporaryDatabase.connectionString
            ]),
            port: port
        )
        return (service, Client(port: port, token: token))
    }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Int32 in
                guard bind(descriptor, pointer, size) == 0 else { return -1 }
                return getsockname(descriptor, pointer, &size)
            }
        }
        try #require(port == 0)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// How long and how varied the test is, by the environment.
enum KillSettings {
    /// `GNOMON_WEB_KILLS` raises the number of kills.
    static let points = number("GNOMON_WEB_KILLS") ?? 4
    /// `GNOMON_FAULT_SEED` repeats the random choices of an earlier run.
    static let seed = number("GNOMON_FAULT_SEED") ?? Int.random(in: 1...999_999)
    static let minutes = 3 + points / 10

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init).map { max(1, $0) }
    }
}

/// The service as a process of its own.
private final class Service: Sendable {
    private let executable: Executable
    private let port: Int
    private let running = Mutex<RunningCommand?>(nil)

    init(executable: Executable, port: Int) {
        self.executable = executable
        self.port = port
    }

    /// Returns when it takes requests.
    func start() async throws {
        let started = try executable.start(["serve", "--port", "\(port)"])
        running.withLock { $0 = started }
        for _ in 0..<1_000 {
            if await (try? Client(port: port, token: nil).get("/healthz").status) == 200 {
                return
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw CancellationError()
    }

    func send(_ signal: Int32) { running.withLock { $0?.send(signal: signal) } }

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
}

/// Posts labels one at a time, each until it is answered.
private final class Load: Sendable {
    let answered = Mutex<Set<String>>([])
    /// What has been begun is still sent until it is answered.
    let isOver = Atomic<Bool>(false)
    private let client: Client

    init(client: Client) {
        self.client = client
    }

    func send(from sender: Int) async throws {
        var number = 0
        while !isOver.load(ordering: .relaxed) {
            let id = "s\(sender)-\(number)"
            let row =
                #"{"prediction_id":"\#(id)","observed_at":"2020-01-01T10:00:00Z","label":"1"}"#
            while true {
                let reply = try? await client.post("/v1/tasks/mine/labels", row)
                if let reply, reply.status == 200 { break }
                if let reply, reply.status < 500 {
                    Issue.record("\(reply.status): \(reply.text)")
                    return
                }
                try await Task.sleep(for: .milliseconds(5))
            }
            answered.withLock { _ = $0.insert(id) }
            number += 1
        }
    }
}
