import Contract
import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// A question about an instant before its task was created says that it is a replay, and with which settings.
@Suite(.temporaryDatabase, .hangLimit)
struct ReplayedQuestionTests {
    private let past = Instant(seconds: 1_710_500_000)

    /// A year of two models, a request a day, known when it happened, and a label each.
    private func history() async throws -> Laboratory {
        let laboratory = try await Laboratory(
            PredictionTask(
                name: "t",
                kind: .binary,
                horizonSeconds: 2 * 86_400,
                sliceKeys: ["country"]
            )
        )
        var predictions = "prediction_id,predicted_at,known_at,model,score,country\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        for day in 0..<90 {
            let at = Instant(seconds: 1_704_067_200).advanced(bySeconds: Int64(day) * 86_400)
                .iso8601
            let score = day % 2 == 0 ? "0.25" : "0.75"
            predictions += "id-\(day),\(at),\(at),champion,\(score),FR\n"
            predictions += "id-\(day),\(at),\(at),net,0.5,FR\n"
            labels += "id-\(day),\(at),\(at),\(day % 3 == 0 ? 1 : 0)\n"
        }
        try await laboratory.predictions(.text(predictions), backfill: true)
        try await laboratory.labels(.text(labels), backfill: true)
        return laboratory
    }

    private func recommend(_ laboratory: Laboratory, _ asOf: Instant?) async throws -> Instant? {
        let query = RecommendationQuery(asOf: asOf)
        let answer = try await Recommend(
            pool: laboratory.pool,
            task: laboratory.task,
            query: query
        ).run()
        return try await KeepRecommendation(pool: laboratory.pool, task: laboratory.task)
            .run(answer, query: query)
    }

    private func kept(_ laboratory: Laboratory) async throws -> [RecommendationRecord] {
        try await RecommendationHistory(pool: laboratory.pool, task: laboratory.task, limit: 100)
            .run().map(\.record)
    }

    @Test
    func `every answer of a replay says that it is one, with its settings, and no other does`()
        async throws
    {
        var laboratory = try await history()
        laboratory.task = try await ChangeTask(pool: laboratory.pool, name: "t").run {
            $0.tolerance = .relative(0.25)
        }
        for question in AskedQuestion.all where question.name != "outline" {
            let name = question.name
            if name == "slices" {
                let query = ReportQuery(asOf: past)
                let slices = try await ReportSlices(
                    pool: laboratory.pool,
                    task: laboratory.task,
                    query: query
                ).run()
                #expect(slices.replay?.settings.version == 2)
                continue
            }
            let replayed = try JSONValue(
                parsing: Array(try await question.ask(laboratory, past).utf8)
            )
            let replay = try #require(replayed["replay"], "\(name)")
            #expect(replay["settings_version"] == 2, "\(name)")
            #expect(replay["settings"]?["tolerance"] == "25%", "\(name)")
            let present = try JSONValue(
                parsing: Array(try await question.ask(laboratory, nil).utf8)
            )
            #expect(present["replay"] == nil, "\(name)")
            guard case .string(let asOf) = present["as_of"] else { continue }
            let again = try await question.ask(laboratory, try Instant(parsing: asOf))
            #expect(!again.contains("\"replay\""), "\(name)")
        }
        let walk = try await Recommend(
            pool: laboratory.pool,
            task: laboratory.task,
            query: RecommendationQuery()
        ).walk(Window(from: past, upTo: past.advanced(bySeconds: 10 * 86_400)))
        #expect(walk.map(\.recommendation.replay?.settings.version) == [2])
    }

    @Test func `every replay is kept, and none is the verdict of a task that is at work`()
        async throws
    {
        var laboratory = try await history()
        #expect(try await recommend(laboratory, past) == nil)
        #expect(try await recommend(laboratory, past) == nil)
        laboratory.task = try await ChangeTask(pool: laboratory.pool, name: "t").run {
            $0.tolerance = .absolute(0.5)
        }
        // It is no wonder that a replay with other settings has another answer.
        #expect(try await recommend(laboratory, past) == nil)
        #expect(try await kept(laboratory).map(\.isReplay) == [true, true])

        func summary() async throws -> TaskSummary {
            try await SummariseTask(pool: laboratory.pool, task: laboratory.task).run()
        }
        // All that it holds is history: the newest replay is shown for what it is.
        let history = try await summary()
        #expect(history.holdsOnlyHistory && history.recommendation?.isReplay == true)
        #expect(history.recommendation?.asOf == past)

        let now = try await laboratory.serverNow().iso8601
        try await laboratory.predictions(
            .text("prediction_id,predicted_at,model,score\nnew,\(now),champion,0.5\n")
        )
        let live = try await summary()
        #expect(!live.holdsOnlyHistory && live.recommendation == nil)
        #expect(try await recommend(laboratory, nil) == nil)
        #expect(try await summary().recommendation?.isReplay == false)
        // As of an instant in between, when the task was there, it is no replay.
        let asOf = try #require(try await summary().recommendation).asOf
        #expect(try await recommend(laboratory, asOf) == nil)
        #expect(try await kept(laboratory).map(\.isReplay) == [false, true, true])
    }
}
