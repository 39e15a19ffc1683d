import Evaluation
import Postgres
import Store
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct RecommendationStoreTests {
    private func record(
        asOf seconds: Int64,
        options: String = "{}",
        isReplay: Bool = false,
        answer: String = "{\"verdict\":\"keep\"}"
    ) -> RecommendationRecord {
        RecommendationRecord(
            asOf: Instant(seconds: seconds),
            isReplay: isReplay,
            model: "gbm",
            verdict: .keep,
            options: options,
            inputs: "{\"cohorts\":[]}",
            answer: answer
        )
    }

    private func task(_ name: String, _ connection: PostgresConnection) async throws
        -> PredictionTask
    {
        try await connection.withTransaction {
            try await TaskStore($0).create(PredictionTask(name: Name(name), kind: .binary))
        }
    }

    @Test func `T7: the same question is kept once, and another answer to it is noticed`()
        async throws
    {
        let connection = try await TemporaryDatabase.connect()
        let (task, other) = (try await task("t", connection), try await task("u", connection))
        let store = RecommendationStore(connection)
        let given = record(asOf: 100, answer: "{\"model\":\"\u{E9}\"}")
        #expect(try await store.record(given, of: task) == .added)
        #expect(try await store.record(given, of: task) == .repeated)
        #expect(try await store.record(given, of: other) == .added)
        #expect(try await store.record(record(asOf: 100, options: "{ }"), of: task) == .added)
        #expect(try await store.record(record(asOf: 101), of: task) == .added)

        // The same characters in other bytes are another answer.
        let differing = record(asOf: 100, answer: "{\"model\":\"e\u{301}\"}")
        let outcome = try await store.record(differing, of: task)
        guard case .differs(let stored) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(Array(stored.answer.utf8) == Array(given.answer.utf8))
        #expect(stored.askedAt != nil)
        let history = try await store.history(of: task, limit: 10)
        #expect(history.count == 3)
        #expect(history.contains(stored))
        await connection.close()
    }

    @Test func `of a replay each answer is kept, once`() async throws {
        let connection = try await TemporaryDatabase.connect()
        let task = try await task("t", connection)
        let store = RecommendationStore(connection)
        let first = record(asOf: 100, isReplay: true)
        let second = record(asOf: 100, isReplay: true, answer: "{\"verdict\":\"retrain\"}")
        #expect(try await store.record(first, of: task) == .added)
        #expect(try await store.record(second, of: task) == .added)
        #expect(try await store.record(first, of: task) == .repeated)
        #expect(try await store.history(of: task, limit: 10).map(\.answer).count == 2)
        // A question of the same instant that is none stands beside them.
        #expect(try await store.record(record(asOf: 100), of: task) == .added)
        let given = try await store.history(of: task, limit: 10, includingReplays: false)
        #expect(given.map(\.isReplay) == [false])
        await connection.close()
    }

    @Test func `of many who ask the same at once, one is the first`() async throws {
        let connection = try await TemporaryDatabase.connect()
        let task = try await task("t", connection)
        let pool = PostgresPool(TemporaryDatabase.configuration, maximumConnections: 6)
        let outcomes = try await withThrowingTaskGroup(of: RecommendationStore.Outcome.self) {
            group in
            for _ in 0..<12 {
                group.addTask {
                    try await pool.withConnection {
                        try await RecommendationStore($0).record(record(asOf: 100), of: task)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == .added }.count == 1)
        #expect(outcomes.filter { $0 == .repeated }.count == 11)
        await pool.close()
        await connection.close()
    }

    @Test func `history goes back from the newest, page by page, and loses none`() async throws {
        let connection = try await TemporaryDatabase.connect()
        let task = try await task("t", connection)
        let store = RecommendationStore(connection)
        for seconds: Int64 in [30, 10, 20] {
            for options in ["a", "b"] {
                let record = record(asOf: seconds, options: options, isReplay: seconds == 20)
                #expect(try await store.record(record, of: task) == .added)
            }
        }
        func texts(_ records: [RecommendationRecord]) -> [String] {
            records.map { "\($0.asOf.secondsRoundedDown)\($0.options)" }
        }
        let first = try await store.history(of: task, limit: 3)
        #expect(texts(first) == ["30b", "30a", "20b", "20a"])
        let second = try await store.history(of: task, limit: 3, before: Instant(seconds: 20))
        #expect(texts(second) == ["10b", "10a"])
        let asked = try await store.history(of: task, limit: 3, includingReplays: false)
        #expect(texts(asked) == ["30b", "30a", "10b", "10a"])
        #expect(first.map(\.isReplay) == [false, false, true, true])
        #expect(first[0].inputs == "{\"cohorts\":[]}")
        await connection.close()
    }
}
