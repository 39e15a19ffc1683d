import Evaluation
import Harness
import Ingest
import TestSupport
import Testing

/// Thirty years of daily rain, whose model breaks at the end of 1981.
@Suite(.temporaryDatabase, .hangLimit)
struct RainTests {
    @Test func `retraining is asked for after the model broke, and not before`() async throws {
        let laboratory = try await Laboratory.rain()
        // Evidence only grows by days: no alarm by the last look means none at any look before it.
        let before = try await laboratory.recommend("1981-11-13", hasShadows: false)
        #expect(before.verdict == .keep)
        #expect(before.evidence.first { $0.name == "risk_log_e_value" }?.state == .ok)
        // 250 days after the break.
        let after = try await laboratory.recommend("1982-07-21", hasShadows: false)
        #expect(after.verdict == .retrain)
        #expect(after.hasAlarm)
        let since = try #require(after.since)
        #expect(since > (try Instant(parsing: "1981-11-13T00:00:00Z")))
        let broke = try Instant(parsing: "1981-11-13T00:00:00Z")
        let change = try #require(after.changePoint)
        #expect(abs(change.microseconds - broke.microseconds) <= 60 * 86_400_000_000)
        #expect(after.trainingWindow?.lowerBound == change)
        func value(_ name: String) -> Double? { after.evidence.first { $0.name == name }?.value }
        #expect(try #require(value("discrimination_change")) < -0.03)
        #expect(try #require(value("recalibration_recovery")) < 0.8)
        #expect(try await laboratory.verify().isClean)
    }

    @Test
    func `a shadow that does better is promoted, and its gain is small before and large after`()
        async throws
    {
        let laboratory = try await Laboratory.rain()
        let before = try await laboratory.recommend("1981-11-13")
        #expect(before.verdict == .keep)
        #expect(before.reasons.contains { $0.contains("surely better, but not by enough") })
        let after = try await laboratory.recommend("1982-07-21")
        #expect(after.verdict == .promote)
        #expect(after.shadow == "shadow")
        let early = try await laboratory.compare("1981-11-13")
        #expect(early.verdict == .promote)
        #expect(early.reasons.contains { $0.hasPrefix("Certain, and small") })
        // The shadow is refitted on the last five years: it recovers as the break moves into them.
        let late = try await laboratory.compare("1986-01-01")
        #expect(late.reasons.contains { $0.contains("unlike the time before") })
        #expect(try #require(late.recent).gain > 5 * (try #require(early.sequence.mean)))
        #expect(late.sequence.decidedAt == early.sequence.decidedAt)
    }

    @Test func `a walk says on each day what a question as of that day says`() async throws {
        let laboratory = try await Laboratory.rain()
        let steps = try await Recommend(
            pool: laboratory.pool,
            task: laboratory.task,
            query: RecommendationQuery(hasShadows: false)
        ).walk(
            try Window(
                from: Instant(parsing: "1981-06-01T00:00:00Z"),
                to: Instant(parsing: "1982-08-01T00:00:00Z")
            )
        )
        #expect(steps.reduce(0) { $0 + $1.days } == 426)
        #expect(steps.map(\.recommendation.verdict) == [.keep, .retrain])
        for step in steps {
            var asked = try await Recommend(
                pool: laboratory.pool,
                task: laboratory.task,
                query: RecommendationQuery(asOf: step.recommendation.asOf, hasShadows: false)
            ).run().recommendation
            // Corrections, and what training anew would win, are looked at by a question, and not by a walk.
            asked.evidence.removeAll {
                ["late_predictions", "late_labels", "restated_log_e_value"].contains($0.name)
                    || $0.name.hasPrefix("retraining_")
            }
            asked.retraining.retrained = nil
            asked.reasons.removeAll { $0.contains("anew every week") }
            #expect(asked == step.recommendation)
        }
    }
}

extension Laboratory {
    /// A task with the rain of the fixtures and its reference as the baseline, everything known when it was made.
    static func rain(tolerance: Tolerance = .relative(0.25)) async throws -> Laboratory {
        var laboratory = try await Laboratory(
            PredictionTask(
                name: "rain",
                kind: .binary,
                horizonSeconds: 7 * 86_400,
                tolerance: tolerance,
                partitionDays: .year
            )
        )
        try await laboratory.predictions(
            .file(Fixtures.path("rain_predictions.csv.gz")),
            columns: ["prediction_id=key,predicted_at=event_time,known_at=event_time"],
            backfill: true
        )
        try await laboratory.labels(
            .file(Fixtures.path("rain_labels.csv.gz")),
            columns: ["prediction_id=key,observed_at=label_time,known_at=label_time"],
            backfill: true
        )
        _ = try await UploadBaseline(
            pool: laboratory.pool,
            task: laboratory.task,
            sources: [.file(Fixtures.path("rain_reference.csv.gz"))],
            mapping: ColumnMapping(columns: [
                "prediction_id": "key", "predicted_at": "event_time", "score": "score_champion",
            ])
        ).run()
        laboratory.task = try await FindTasks(pool: laboratory.pool).task(named: "rain")
        return laboratory
    }

    /// The first comparison as of the start of a day.
    func compare(_ date: String) async throws -> Comparison {
        let query = ComparisonQuery(asOf: try Instant(parsing: date + "T00:00:00Z"))
        let report = try await CompareModels(pool: pool, task: task, query: query).run()
        return try #require(report.comparisons.first)
    }
}
