import Evaluation
import Ingest
import Postgres
import Store
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct TaskStoreTests {
    /// Settings of every kind, none of which is the default.
    private let unusual = PredictionTask(
        name: "unusual",
        kind: .binary,
        classes: ["no", "yes, \"perhaps\""],
        positiveClass: 0,
        threshold: 0.1 + 0.2,
        horizonSeconds: 77,
        labelPolicy: .negative,
        timeZone: NamedZone("Europe/Berlin"),
        bucketSize: .hour,
        sliceKeys: ["country", "kanal ü"],
        labelSources: ["manual"],
        baseline: .interval(
            Window(
                from: Instant(microseconds: -123_456_789),
                upTo: Instant(microseconds: 987_654_321)
            )
        ),
        tolerance: .absolute(1.0 / 3),
        partitionDays: .year
    )

    @Test func `T7: settings are found as they were, to the bit`() async throws {
        let connection = try await TemporaryDatabase.connect()
        let store = TaskStore(connection)
        let first = try await connection.withTransaction { _ in try await store.create(unusual) }
        var second = first
        second.threshold = 0.7
        second.baseline = .first(cohorts: 40)
        second.tolerance = .relative(0.1)
        var third = second
        third.horizonSeconds = 78
        third.baseline = .file
        third.baselineVersion = 1
        let created = try await store.createdAt(of: first)
        let (changed, again) = (created.advanced(bySeconds: 10), created.advanced(bySeconds: 20))
        try await connection.withTransaction { _ in try await store.update(second, at: changed) }
        try await connection.withTransaction { _ in try await store.update(third, at: again) }

        #expect(try await store.task(third, asOf: created) == first)
        #expect(try await store.task(third, asOf: just(before: changed)) == first)
        #expect(try await store.task(third, asOf: changed) == second)
        #expect(try await store.task(third, asOf: just(before: again)) == second)
        #expect(try await store.task(first, asOf: again) == third)
        #expect(try await store.task(first, asOf: .distantFuture) == third)
        #expect(try await store.task(named: "unusual") == third)
        await connection.close()
    }

    @Test func `a question about an instant before the task goes by the settings of today`()
        async throws
    {
        let connection = try await TemporaryDatabase.connect()
        let store = TaskStore(connection)
        let first = try await connection.withTransaction { _ in try await store.create(unusual) }
        let created = try await store.createdAt(of: first)
        #expect(try await store.task(first, asOf: just(before: created)) == first)
        var second = first
        second.threshold = 0.7
        try await connection.withTransaction { _ in
            try await store.update(second, at: created.advanced(bySeconds: 10))
        }
        #expect(try await store.task(first, asOf: just(before: created)) == second)
        #expect(try await store.task(first, asOf: .distantPast) == second)
        #expect(try await store.task(first, asOf: created) == first)
        await connection.close()
    }

    @Test func `settings that are taken back leave no trace`() async throws {
        let connection = try await TemporaryDatabase.connect()
        let store = TaskStore(connection)
        let task = try await connection.withTransaction { _ in try await store.create(unusual) }
        var changed = task
        changed.threshold = 0.7
        struct Interruption: Error {}
        await #expect(throws: Interruption.self) {
            try await connection.withTransaction { connection in
                let now = try await Gate(connection).enter(task)
                try await store.update(changed, at: now)
                throw Interruption()
            }
        }
        #expect(try await store.task(task, asOf: .distantFuture) == task)
        #expect(try await store.settingsVersion(of: task) == 1)
        await connection.close()
    }

    private func just(before instant: Instant) -> Instant {
        Instant(microseconds: instant.microseconds - 1)
    }
}
