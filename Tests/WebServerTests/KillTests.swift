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
@Suite(.temporaryDatabase, .hangLimit)
struct KillTests {
    @Test func `every answered row is there once, and no other twice after its retry`() async throws
    {
        var generator = TestGenerator(seed: UInt64(KillSettings.seed))
        let seed = KillSettings.seed
        let pool = PostgresPool(TemporaryDatabase.configuration)
        let service = try ServiceProcess()
        let load = Load(client: try await service.client(pool))
        let pauses = (0..<KillSettings.points).map { _ in
            Duration.milliseconds(Int.random(in: 20...600, using: &generator))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            load.begin(in: &group)
            for (point, pause) in pauses.enumerated() {
                try await service.start()
                // Every other kill may come before there is an answer.
                if point.isMultiple(of: 2) { try await load.more(2) }
                try await Task.sleep(for: pause)
                try await service.kill()
            }
            try await service.start()
            load.end()
            try await group.waitForAll()
        }
        try await service.kill()

        let stored = try await StoredRows(pool)
        for (what, stored, answered) in [
            ("label", stored.labels, load.labels.withLock { $0 }),
            ("prediction", stored.predictions, load.predictions.withLock { $0 }),
        ] {
            #expect(
                answered.count > KillSettings.points,
                "there was load of \(what)s (seed \(seed))"
            )
            #expect(
                Set(stored.keys) == answered,
                "what is stored is what was answered, \(what)s (seed \(seed))"
            )
            #expect(
                stored.values.allSatisfy { $0 == 1 },
                "no \(what) is there twice (seed \(seed))"
            )
        }
        #expect(stored.joined > 0, "labels met their predictions (seed \(seed))")
        let task = try await FindTasks(pool: pool).task(named: "mine")
        #expect(try await VerifyCells(pool: pool, task: task).run().isClean, "seed \(seed)")
        await pool.close()
    }

    @Test func `a signal ends it when everything that was accepted is answered`() async throws {
        let pool = PostgresPool(TemporaryDatabase.configuration)
        let service = try ServiceProcess()
        let client = try await service.client(pool)
        try await service.start()
        // A writer at the gate keeps the requests waiting until the service is told to end.
        let gate = try await TemporaryDatabase.connect()
        _ = try await gate.execute("BEGIN")
        _ = try await gate.query("SELECT task_id FROM task_gates FOR UPDATE")
        async let reply = client.post(
            "/v1/tasks/mine/labels",
            #"{"prediction_id":"late","observed_at":"2020-01-01T10:00:00Z","label":"1"}"#
        )
        try await TemporaryDatabase.waiters()
        service.send(SIGTERM)
        try await eventually("the service takes no more requests") { await !service.isHealthy }
        _ = try await gate.execute("COMMIT")
        #expect(try await reply.status == 200)
        let outcome = try await service.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        await gate.close()
        await pool.close()
    }

    @Test func `a signal under load loses no answer to a row that is kept`() async throws {
        let pool = PostgresPool(TemporaryDatabase.configuration)
        let service = try ServiceProcess()
        let load = Load(client: try await service.client(pool))
        load.triesAgain = false
        try await service.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            load.begin(in: &group)
            try await load.more(20)
            service.send(SIGTERM)
            let outcome = try await service.outcome()
            #expect(outcome.status == 0, "\(outcome.errors)")
            load.end()
            try await group.waitForAll()
        }
        let stored = try await StoredRows(pool)
        #expect(!stored.labels.isEmpty && !stored.predictions.isEmpty)
        #expect(Set(stored.labels.keys) == load.labels.withLock { $0 })
        #expect(Set(stored.predictions.keys) == load.predictions.withLock { $0 })
        await pool.close()
    }
}

/// How long and how varied the test is, by the environment.
enum KillSettings {
    /// `GNOMON_WEB_KILLS` raises the number of kills.
    static let points = number("GNOMON_WEB_KILLS") ?? 20
    /// `GNOMON_FAULT_SEED` repeats the random choices of an earlier run.
    static let seed = number("GNOMON_FAULT_SEED") ?? Int.random(in: 1...999_999)

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init).map { max(1, $0) }
    }
}

/// How often each row is in the database.
private struct StoredRows {
    var predictions: [String: Int]
    var labels: [String: Int]
    /// Labels that have met their prediction.
    var joined: Int

    init(_ pool: PostgresPool) async throws {
        (predictions, labels, joined) = try await pool.withConnection { connection in
            func counts(_ rows: SQL) async throws -> [String: Int] {
                let counted = try await connection.query(
                    "SELECT id, count(*) AS n FROM (" + rows + ") AS rows GROUP BY id"
                )
                .map { (try $0.text("id"), try $0.int("n")) }
                return Dictionary(uniqueKeysWithValues: counted)
            }
            let joined: SQL = """
                SELECT prediction_id AS id FROM labels JOIN predictions USING (part, key)
                """
            let orphans: SQL = "SELECT prediction_id AS id FROM orphan_labels"
            return (
                try await counts("SELECT prediction_id AS id FROM predictions"),
                try await counts(joined + " UNION ALL " + orphans),
                try await counts(joined).count
            )
        }
    }
}

/// Posts rows, each until it is answered.
private final class Load: Sendable {
    /// The ids of what was answered.
    let labels = Mutex<Set<String>>([])
    let predictions = Mutex<Set<String>>([])
    private let client: Client
    /// What has been begun is still sent until it is answered.
    private let isOver = Atomic<Bool>(false)
    private let repeats = Atomic<Bool>(true)

    /// Whether what was not answered is sent again.
    var triesAgain: Bool {
        get { repeats.load(ordering: .relaxed) }
        set { repeats.store(newValue, ordering: .relaxed) }
    }

    init(client: Client) {
        self.client = client
    }

    func begin(in group: inout ThrowingTaskGroup<Void, any Error>) {
        for sender in 0..<4 {
            // Labels and predictions of the same ids; now one comes first and now the other.
            group.addTask { try await self.sendLabels("s\(sender)") }
            group.addTask { try await self.sendPredictions("s\(sender)", named: sender % 2 == 0) }
        }
        group.addTask { try await self.sendBodies() }
    }

    func end() { isOver.store(true, ordering: .relaxed) }

    /// Waits until some more rows of each kind were answered.
    func more(_ count: Int) async throws {
        let labelAim = labels.withLock(\.count) + count
        let predictionAim = predictions.withLock(\.count) + count
        try await eventually("the service answers to the load") {
            labels.withLock(\.count) >= labelAim && predictions.withLock(\.count) >= predictionAim
        }
    }

    private var goesOn: Bool { !isOver.load(ordering: .relaxed) }

    private func sendLabels(_ sender: String) async throws {
        var number = 0
        while goesOn {
            let id = "\(sender)-\(number)"
            let row =
                #"{"prediction_id":"\#(id)","observed_at":"2020-01-01T10:00:00Z","label":"1"}"#
            guard try await send("labels", row, "application/json") != nil else { return }
            labels.withLock { _ = $0.insert(id) }
            number += 1
        }
    }

    /// `named` says whether each request names itself, and is asked for once more when it was answered.
    private func sendPredictions(_ sender: String, named: Bool) async throws {
        var number = 0
        while goesOn {
            let id = "\(sender)-\(number)"
            let row =
                #"{"prediction_id":"\#(id)","predicted_at":"2020-01-01T00:00:00Z","model":"m","#
                + #""version":"1","score":0.25}"#
            let headers = named ? ["Idempotency-Key": id] : [:]
            let type = "application/json"
            guard let reply = try await send("predictions", row, type, headers) else { return }
            predictions.withLock { _ = $0.insert(id) }
            if named, let again = try await send("predictions", row, type, headers) {
                #expect(again.body == reply.body, "the same answer for the same request")
                #expect(again.headers["idempotent-replayed"] == "true", "\(again.headers)")
            }
            number += 1
        }
    }

    private func sendBodies() async throws {
        var number = 0
        while goesOn {
            let ids = (0..<2_000).map { "b\(number)-\($0)" }
            let text =
                "prediction_id,predicted_at,model,version,score\n"
                + ids.map { "\($0),2020-02-0\(1 + number % 9)T00:00:00Z,m,1,0.5\n" }.joined()
            guard let reply = try await send("predictions", text, "text/csv") else { return }
            #expect(reply.integer("received") == 2_000, "\(reply.text)")
            predictions.withLock { $0.formUnion(ids) }
            number += 1
        }
    }

    /// - Returns: The answer; `nil` where none came, and none is to be asked for again.
    private func send(
        _ kind: String,
        _ body: String,
        _ type: String,
        _ headers: [String: String] = [:]
    ) async throws -> Client.Reply? {
        while true {
            let reply = try? await client.post("/v1/tasks/mine/\(kind)", body, type: type, headers)
            if let reply, reply.status == 200 { return reply }
            guard triesAgain else { return nil }
            // 409: the same request, whose sender was cut off, is still being answered.
            if let reply, reply.status < 500, reply.status != 409 {
                Issue.record("\(reply.status): \(reply.text)")
                return nil
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
