import Evaluation
import Foundation
import Harness
import Ingest
import Postgres
import Statistics
import Store
import TestSupport
import Testing

/// A champion that knows all there is to know until a feature that it does not have begins to matter: would retraining pay?
@Suite(.temporaryDatabase, .hangLimit)
struct RefitStoryTests {
    private static let start = Instant(seconds: 1_704_067_200)  // 2024-01-01, a Monday
    private static let breakDay = 140
    private static let days = 240
    private static let rows = 40
    private static let horizon: Int64 = 10

    /// Files of some days each, predictions before labels.
    private static func files(
        each days: Int,
        features: Bool = true
    ) -> [(predictions: String, labels: String)] {
        var generator = SeededGenerator(seed: 8)
        return stride(from: 0, to: Self.days, by: days).map { first in
            var predictions = "prediction_id,predicted_at,known_at,model,score,region"
            predictions += features ? ",feature.x,feature.color\n" : "\n"
            var labels = "prediction_id,observed_at,known_at,label\n"
            for day in first..<min(first + days, Self.days) {
                for row in 0..<rows {
                    let at = start.advanced(bySeconds: 86_400 * Int64(day) + 900 * Int64(row))
                    let known = 1.5 * generator.nextNormal()
                    let x = generator.nextNormal()
                    let color = ["red", "green", "blue"][Int(3 * generator.nextUniform())]
                    let effect = day < breakDay ? 0 : 2.5 * x
                    let isPositive =
                        generator.nextUniform() < 1 / (1 + exp(-known - effect))
                    let score = String(format: "%.4f", 1 / (1 + exp(-known)))
                    let seen = at.advanced(bySeconds: 86_400 * 5).iso8601
                    let id = "\(day)-\(row)"
                    predictions +=
                        "\(id),\(at.iso8601),\(at.iso8601),champion,\(score),\(row % 2 == 0 ? "north" : "south")"
                    predictions += features ? ",\(String(format: "%.3f", x)),\(color)\n" : "\n"
                    labels += "\(id),\(seen),\(seen),\(isPositive ? 1 : 0)\n"
                }
            }
            return (predictions, labels)
        }
    }

    private func laboratory(_ name: Name = "loans") async throws -> Laboratory {
        var task = PredictionTask(
            name: name,
            kind: .binary,
            horizonSeconds: 86_400 * Self.horizon,
            timeZone: NamedZone("UTC"),
            sliceKeys: ["region"]
        )
        task.baseline = .first(cohorts: 30)
        task.retentionSeconds = 86_400 * 300
        return try await Laboratory(task)
    }

    private func goLive(_ laboratory: Laboratory) async throws {
        let now = try await laboratory.serverNow().iso8601
        try await laboratory.predictions(
            .text("prediction_id,predicted_at,model,score,region\nlive,\(now),champion,0.5,north\n")
        )
    }

    private func presentRetraining(_ laboratory: Laboratory) async throws -> RetrainingValue {
        try await Recommend(
            pool: laboratory.pool,
            task: laboratory.task,
            query: RecommendationQuery()
        ).run().recommendation.retraining
    }

    private static func date(_ day: Int) -> String {
        String(start.advanced(bySeconds: 86_400 * Int64(day)).iso8601.prefix(10))
    }

    private func keptRefits(_ laboratory: Laboratory) async throws -> Int {
        try await laboratory.pool.withConnection { connection in
            try await connection.query("SELECT count(*) AS kept FROM refits").single().int(0)
        }
    }

    @Test func `what retraining would win back is measured, and said`() async throws {
        let laboratory = try await laboratory()
        for file in Self.files(each: Self.days) {
            try await laboratory.predictions(.text(file.predictions), backfill: true)
            try await laboratory.labels(.text(file.labels), backfill: true)
        }
        let quiet = try await laboratory.recommend(Self.date(Self.breakDay))
        #expect(quiet.verdict == .keep, "\(quiet.reasons)")
        let before = try #require(quiet.retraining.retrained)
        #expect(before.paysSince == nil && before.wonBack == nil)
        #expect(before.fit?.features == 3)
        // 140 days, without the first fit's and those whose week is not over.
        #expect(before.blocks > 100 && abs(before.gain ?? 1) < 0.01, "\(before)")

        let alarmed = try await laboratory.recommend(Self.date(Self.days))
        #expect(alarmed.verdict == .retrain, "\(alarmed.summary) \(alarmed.reasons)")
        let retrained = try #require(alarmed.retraining.retrained)
        let recalibrated = try #require(alarmed.retraining.recalibrated)
        let (low, high) = (retrained.wonBackLow ?? 0, retrained.wonBackHigh ?? 0)
        #expect(low > 0.5 && high < 1.5, "\(retrained)")
        #expect(try #require(recalibrated.wonBackHigh) < low, "\(recalibrated)")
        #expect(retrained.paysSince != nil)
        let said = try #require(alarmed.reasons.first { $0.hasPrefix("Training anew") })
        #expect(said.contains("3 features and slices") && said.contains("surely pays"), "\(said)")

        let kept = try await keptRefits(laboratory)
        #expect(kept > 30)
        let again = try await laboratory.recommend(Self.date(Self.days))
        #expect(again == alarmed)
        #expect(try await keptRefits(laboratory) == kept)
        #expect(try await laboratory.verify().isClean)
        #expect(try await entriesPlanned(laboratory) > 100)
    }

    /// How many entries of the task the planner expects, which looks at a ledger by itself only on a server that stays up.
    private func entriesPlanned(_ laboratory: Laboratory) async throws -> Int {
        let plan = try await laboratory.pool.withConnection { connection in
            try await connection.query(
                "EXPLAIN SELECT FROM cohorts WHERE task_id = \(laboratory.task.id)"
            )[0].text(0)
        }
        return try #require(plan.firstMatch(of: /rows=(\d+)/).flatMap { Int($0.output.1) })
    }

    @Test func `the same rows in any files say the same to the bit`() async throws {
        let whole = try await laboratory()
        for file in Self.files(each: Self.days) {
            try await whole.predictions(.text(file.predictions), backfill: true)
            try await whole.labels(.text(file.labels), backfill: true)
        }
        let one = try await whole.recommend(Self.date(Self.days))
        let parted = try await laboratory("loans_in_parts")
        for (index, file) in Self.files(each: 48).reversed().enumerated() {
            try await parted.labels(.text(file.labels), backfill: true)
            try await parted.predictions(.text(file.predictions), backfill: true)
            // Somebody looks while it is half there.
            if index == 2 { _ = try await parted.recommend(Self.date(Self.days)) }
        }
        let other = try await parted.recommend(Self.date(Self.days))
        #expect(one.retraining == other.retraining)
        #expect(one.reasons == other.reasons)
        // The planner knows the ledger of the second task too, which it has seen empty.
        #expect(try await entriesPlanned(parted) > 100)
    }

    @Test func `what an answer rests on stays when rows come late, are forgotten or expire`()
        async throws
    {
        let laboratory = try await laboratory()
        for file in Self.files(each: Self.days) {
            try await laboratory.predictions(.text(file.predictions), backfill: true)
            try await laboratory.labels(.text(file.labels), backfill: true)
        }
        // From here on the task is live.
        try await goLive(laboratory)
        let first = try await laboratory.recommend(Self.date(Self.days))
        let late = Self.start.advanced(bySeconds: 86_400 * 150).iso8601
        try await laboratory.predictions(
            .text(
                """
                prediction_id,predicted_at,known_at,model,score,region,feature.x
                late,\(late),\(late),champion,0.9,north,2
                """
            ),
            backfill: true
        )
        #expect(try await laboratory.recommend(Self.date(Self.days)).retraining == first.retraining)
        _ = try await ForgetRequests(pool: laboratory.pool, task: laboratory.task)
            .run(.init(predictionIDs: ["150-1", "20-2"]), confirmedBy: "loans")
        #expect(try await laboratory.recommend(Self.date(Self.days)).retraining == first.retraining)
        // Of the present: what was known of rows that are gone is in the ledger alone.
        let now = try await presentRetraining(laboratory)
        #expect(now.retrained != nil)
        let pruned = try await Prune(pool: laboratory.pool, task: laboratory.task).run()
        #expect(pruned.report.rows > 0)
        #expect(try await presentRetraining(laboratory) == now)
        _ = try await DeleteTask(pool: laboratory.pool, name: "loans")
            .run(confirmedBy: "loans")
        #expect(try await keptRefits(laboratory) == 0)
        let days = try await laboratory.pool.withConnection {
            try await $0.query("SELECT count(*) AS kept FROM refit_days").single().int(0)
        }
        #expect(days == 0)
    }

    @Test func `without features the slices and the score are learned from`() async throws {
        let laboratory = try await laboratory()
        for file in Self.files(each: Self.days, features: false) {
            try await laboratory.predictions(.text(file.predictions), backfill: true)
            try await laboratory.labels(.text(file.labels), backfill: true)
        }
        let alarmed = try await laboratory.recommend(Self.date(Self.days))
        let retrained = try #require(alarmed.retraining.retrained)
        #expect(retrained.fit?.features == 1)
        // The slope alone can be learned, which recalibration knows as well.
        #expect(try #require(retrained.wonBackLow) < 0.5, "\(retrained)")
    }

    @Test func `the service works out ahead what is asked for of a live task`() async throws {
        let laboratory = try await laboratory()
        for file in Self.files(each: Self.days) {
            try await laboratory.predictions(.text(file.predictions), backfill: true)
            try await laboratory.labels(.text(file.labels), backfill: true)
        }
        let maturing = Maturing(pool: laboratory.pool, pace: .seconds(60))
        let now = try await laboratory.serverNow()
        let ofHistory = try await maturing.runOnce(now: now)
        #expect(try await keptRefits(laboratory) == 0, "\(ofHistory)")
        try await goLive(laboratory)
        // A day that matures gives the ledger something to make.
        let day = Self.start.advanced(bySeconds: 86_400 * 239).iso8601
        try await laboratory.predictions(
            .text(
                """
                prediction_id,predicted_at,known_at,model,score,region,feature.x
                more,\(day),\(day),champion,0.9,north,2
                """
            ),
            backfill: true
        )
        _ = try await maturing.runOnce(now: try await laboratory.serverNow())
        let kept = try await keptRefits(laboratory)
        #expect(kept > 30)
    }
}
