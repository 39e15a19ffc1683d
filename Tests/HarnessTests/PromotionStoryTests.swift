import Evaluation
import Foundation
import Harness
import Ingest
import Statistics
import TestSupport
import Testing

/// A shadow that is better, harms a region, and then loses its features, with labels that take 60 days: from files to both
/// commands.
@Suite(.temporaryDatabase, .hangLimit)
struct PromotionStoryTests {
    private static let start = Instant(seconds: 1_704_067_200)  // 2024-01-01
    private static let days = 200
    private static let breakDay = 170
    private static let rows = 96
    private static let horizon = 60

    private static func day(_ number: Int) -> String {
        String(start.advanced(bySeconds: 86_400 * Int64(number)).iso8601.prefix(10))
    }

    /// Three regions; in the south the champion is good, and the shadow has learnt the wrong way round.
    private static func files() -> (predictions: String, labels: String) {
        var generator = SeededGenerator(seed: 5)
        var predictions = "prediction_id,predicted_at,known_at,model,score,region\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        func probability(_ logit: Double) -> String {
            String(format: "%.4f", 1 / (1 + exp(-logit)))
        }
        for day in 0..<days {
            for row in 0..<rows {
                let at = start.advanced(bySeconds: 86_400 * Int64(day) + 600 * Int64(row))
                let region = row % 6 == 0 ? "south" : row % 2 == 0 ? "north" : "east"
                let known = 1.6 * generator.nextNormal()
                let isPositive = generator.nextUniform() < 1 / (1 + exp(-known))
                let noise = generator.nextNormal()
                let score = known + (region == "south" ? 0.1 : 1.6) * generator.nextNormal()
                let shadow =
                    day >= breakDay
                    ? 0.9 * noise : region == "south" ? -0.3 * known : known + 0.2 * noise
                let seen = at.advanced(bySeconds: 86_400 * Int64(horizon - 2)).iso8601
                let id = "\(day)-\(row)"
                for (model, logit) in [("champion", score), ("shadow", shadow)] {
                    predictions +=
                        "\(id),\(at.iso8601),\(at.iso8601),\(model),\(probability(logit)),\(region)\n"
                }
                labels += "\(id),\(seen),\(seen),\(isPositive ? 1 : 0)\n"
            }
        }
        return (predictions, labels)
    }

    private func laboratory() async throws -> Laboratory {
        var task = PredictionTask(
            name: "credit",
            kind: .binary,
            horizonSeconds: 86_400 * Int64(Self.horizon),
            sliceKeys: ["region"]
        )
        task.baseline = .first(cohorts: 30)
        task.tolerance = .relative(0.05)
        let laboratory = try await Laboratory(task)
        let files = Self.files()
        let report = try await laboratory.predictions(.text(files.predictions), backfill: true)
        #expect(report.counts.accepted == 2 * Self.rows * Self.days, "\(report)")
        try await laboratory.labels(.text(files.labels), backfill: true)
        return laboratory
    }

    private func compare(
        _ laboratory: Laboratory,
        _ day: Int,
        margin: Double? = nil
    ) async throws -> Comparison {
        var query = ComparisonQuery()
        query.asOf = try Instant(parsing: Self.day(day) + "T00:00:00Z")
        query.options.margin = margin
        return try #require(try await laboratory.compare(query).comparisons.first)
    }

    @Test func `both commands say alike when a shadow is promoted, harms a slice, and breaks`()
        async throws
    {
        let laboratory = try await laboratory()
        let before = try await compare(laboratory, Self.breakDay)
        #expect(before.verdict == .promote, "\(before.reasons)")
        let promoted = try await laboratory.recommend(Self.day(Self.breakDay))
        #expect(promoted.verdict == .promote, "\(promoted.summary) \(promoted.reasons)")
        let harm = try #require(promoted.warnings.first, "\(before.slices) \(promoted.reasons)")
        #expect(promoted.warnings.count == 1 && harm.contains("region=south"), "\(harm)")
        #expect(before.reasons.contains(harm))

        // Ten days after the break, 50 days before the first label of these days.
        let after = try await compare(laboratory, Self.breakDay + 10)
        #expect(after.verdict == .undecided)
        #expect(after.standing.sequenceVerdict == .promote)
        #expect(after.standing.vetoes.map(\.kind) == [.scoresMoved])
        #expect(after.sequence.decidedAt == nil && after.sequence.firstDecision != nil)
        let kept = try await laboratory.recommend(Self.day(Self.breakDay + 10))
        #expect(kept.verdict == .keep && kept.shadow == nil && kept.warnings.isEmpty)
        #expect(kept.reasons.contains { $0.contains("is not promoted for it:") })
        let veto = try #require(after.standing.vetoes.first)
        #expect(kept.reasons.contains(veto.sentence))
        #expect(after.reasons.contains(veto.sentence))
        // Of now, from cells of some weeks alone.
        let newest = try #require(try await laboratory.compare().comparisons.first)
        let asked = try await Recommend(
            pool: laboratory.pool,
            task: laboratory.task,
            query: RecommendationQuery()
        ).run().recommendation
        #expect(!newest.standing.vetoes.isEmpty)
        for veto in newest.standing.vetoes {
            #expect(asked.reasons.contains(veto.sentence), "\(asked.reasons)")
        }
        // Whichever way it is asked for.
        #expect(
            try await compare(laboratory, Self.breakDay + 10, margin: 0.02).verdict == .undecided
        )
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `a shadow that scored none of the last requests passes no gate`() async throws {
        let laboratory = try await laboratory()
        let rest = (0..<30).flatMap { day in
            (0..<Self.rows).map { row in
                let at = Self.start.advanced(
                    bySeconds: 86_400 * Int64(Self.days + day) + 600 * Int64(row)
                ).iso8601
                return "later\(day)-\(row),\(at),\(at),champion,0.4,north\n"
            }
        }
        try await laboratory.predictions(
            .text("prediction_id,predicted_at,known_at,model,score,region\n" + rest.joined()),
            backfill: true
        )
        let silent = try await compare(laboratory, Self.days + 30, margin: 0.3)
        #expect(silent.verdict == .undecided)
        let veto = try #require(silent.standing.vetoes.first { $0.kind == .fewPairs })
        #expect(veto.sentence.contains("0.0 % of the champion's requests"))
        let recommended = try await laboratory.recommend(Self.day(Self.days + 30))
        #expect(recommended.verdict != .promote)
    }
}
