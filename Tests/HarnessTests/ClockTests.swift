import Contract
import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// A task whose time is told by the test: a year passes in seconds, and clocks step back.
@Suite(.temporaryDatabase, .hangLimit)
struct ClockTests {
    private static let start = "2024-01-01T00:00:00Z"

    private func laboratory(_ clock: TestClock) async throws -> Laboratory {
        var task = PredictionTask(name: "t", kind: .binary)
        task.horizonSeconds = 10 * 86_400
        var configuration = TemporaryDatabase.configuration
        configuration.clock = clock
        return try await Laboratory(task, on: configuration)
    }

    private func clock(_ text: String = start) throws -> TestClock {
        TestClock(microsecondsSince1970: try Instant(parsing: text).microseconds)
    }

    /// The predictions of two models on some days, and the labels of what was predicted as long before.
    private func upload(
        days: Range<Int>,
        from start: Instant,
        to laboratory: Laboratory
    ) async throws {
        var predictions = "prediction_id,predicted_at,model,score\n"
        var labels = "prediction_id,observed_at,label\n"
        for day in days {
            let morning = start.advanced(bySeconds: 86_400 * Int64(day))
            for row in 0..<6 {
                let at = morning.advanced(bySeconds: Int64(row) * 3600).iso8601
                let share = Double((day * 7 + row * 3) % 10) / 10
                predictions += "\(day)-\(row),\(at),gbm,\(share)\n\(day)-\(row),\(at),net,0.5\n"
                labels += "\(day - days.count)-\(row),\(at),\((day + row) % 2)\n"
            }
        }
        try await laboratory.predictions(.text(predictions))
        if days.lowerBound > 0 { try await laboratory.labels(.text(labels)) }
    }

    /// What is answered as of an instant, in bytes.
    private func answers(_ laboratory: Laboratory, asOf: Instant) async throws -> [String] {
        let (pool, task) = (laboratory.pool, laboratory.task)
        let window = Window.always.before(asOf)
        return [
            try await laboratory.report(ReportQuery(window: window, period: .month, asOf: asOf))
                .json(slice: nil).text,
            try await CompareModels(
                pool: pool,
                task: task,
                query: ComparisonQuery(champion: "gbm", asOf: asOf)
            ).run().json.text,
            try await Recommend(
                pool: pool,
                task: task,
                query: RecommendationQuery(model: "gbm", asOf: asOf)
            ).run().recommendation.json.text,
        ]
    }

    @Test func `T7: a task is walked through a year, and says of each month what it said then`()
        async throws
    {
        let clock = try clock()
        let start = try Instant(parsing: Self.start)
        let laboratory = try await laboratory(clock)
        var said: [(asOf: Instant, answers: [String])] = []
        for day in stride(from: 0, to: 365, by: 5) {
            clock.step(seconds: 5 * 86_400)
            try await upload(days: day..<day + 5, from: start, to: laboratory)
            if day % 60 == 55 {
                let asOf = try await laboratory.pool.withConnection { try await $0.now() }
                #expect(asOf == start.advanced(bySeconds: 86_400 * Int64(day + 5)))
                said.append((asOf, try await answers(laboratory, asOf: asOf)))
            }
        }
        for (asOf, answers) in said {
            let again = try await self.answers(laboratory, asOf: asOf)
            #expect(again == answers, "as of \(asOf.iso8601)")
        }
        let year = try await laboratory.report()
        let gbm = try #require(year.models.first { $0.model == "gbm" })
        #expect(gbm.windows[0].predictions == 6 * 365 && gbm.windows[0].labelled == 6 * 360)
        // Labels came within five days, so that all but the last days of the year are mature.
        let months = try await laboratory.report(ReportQuery(period: .month)).models[0].windows
        #expect(months.map(\.isMature) == Array(repeating: true, count: 11) + [false])
        #expect(try await laboratory.verify().isClean)
        #expect(year.asOf >= start.advanced(bySeconds: 365 * 86_400))
        #expect(year.asOf < start.advanced(bySeconds: 366 * 86_400))
    }

    @Test func `T7: as-of answers stay the same where the clock steps back between uploads`()
        async throws
    {
        let clock = try clock()
        let start = try Instant(parsing: Self.start)
        let laboratory = try await laboratory(clock)
        var said: [(asOf: Instant, answers: [String])] = []
        for day in 0..<40 {
            try await upload(days: day..<day + 1, from: start, to: laboratory)
            // On every other day it goes back by an hour when the rows have come.
            clock.step(seconds: day % 2 == 0 ? 86_400 : -3600)
            guard day % 2 == 1 else { continue }
            let present = try await laboratory.pool.withConnection { connection in
                try await Gate(connection).present(of: laboratory.task)
            }
            said.append((present, try await answers(laboratory, asOf: present)))
            // The same instant once more, after a writer whose clock has not got there yet.
            try await laboratory.labels(
                .text("prediction_id,observed_at,label\n\(day)-0,2024-01-01T00:00:00Z,1\n")
            )
            #expect(try await answers(laboratory, asOf: present) == said[said.count - 1].answers)
            clock.step(seconds: 86_400 + 3600)
        }
        for (asOf, answers) in said {
            let again = try await self.answers(laboratory, asOf: asOf)
            #expect(again == answers, "as of \(asOf.iso8601)")
        }
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `instants of the gate only grow, whatever the clock does`() async throws {
        let clock = try clock()
        let laboratory = try await laboratory(clock)
        var last = Instant.distantPast
        for step in [0, 0, 60, -3600, -86_400, 7200, 0, 100_000, -100_000] as [Int64] {
            clock.step(seconds: step)
            let instant = try await laboratory.pool.withTransaction {
                try await Gate($0).enter(laboratory.task)
            }
            #expect(instant > last)
            last = instant
        }
    }

    @Test func `T7: an answer as of an instant makes later writers know later`() async throws {
        let clock = try clock()
        let laboratory = try await laboratory(clock)
        let asOf = try Instant(parsing: "2024-03-01T00:00:00Z")
        clock.set(microsecondsSince1970: asOf.microseconds)
        _ = try await laboratory.view(asOf)
        clock.step(seconds: -3600)
        let instant = try await laboratory.pool.withTransaction {
            try await Gate($0).enter(laboratory.task)
        }
        #expect(instant > asOf)
        // A question about what is yet to come is refused, and holds up nobody.
        let future = asOf.advanced(bySeconds: 86_400 * 365)
        await #expect(throws: HarnessError.self) { _ = try await laboratory.view(future) }
        let next = try await laboratory.pool.withTransaction {
            try await Gate($0).enter(laboratory.task)
        }
        #expect(next < future)
    }
}
