import Evaluation
import Harness
import Ingest
import TestSupport
import Testing

/// Thirty years of daily rain, whose model breaks at the end of 1981.
@Suite(.temporaryDatabase, .timeLimit(.minutes(5)))
struct RainTests {
    @Test func `retraining is flagged after the model broke, and not before`() async throws {
        var laboratory = try await Laboratory(
            PredictionTask(
                name: "rain",
                kind: .binary,
                horizonSeconds: 7 * 86_400,
                tolerance: .relative(0.25),
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
        let baseline = try await UploadBaseline(
            pool: laboratory.pool,
            task: laboratory.task,
            sources: [.file(Fixtures.path("rain_reference.csv.gz"))],
            mapping: ColumnMapping(columns: [
                "prediction_id": "key", "predicted_at": "event_time", "score": "score_champion",
            ])
        ).run()
        #expect(baseline.cohorts == 730 && baseline.rows == 730)
        laboratory.task = try await FindTasks(pool: laboratory.pool).task(named: "rain")

        // Evidence only grows by cohorts: no alarm by the last look means none at any look before it.
        let before = try await laboratory.recommend("1981-11-01")
        #expect(before.verdict == .keep)
        #expect(before.evidence.first { $0.name == "risk_log_e_value" }?.state == "ok")
        let after = try await laboratory.recommend("1982-07-01")
        #expect([.retrain, .promote].contains(after.verdict))
        #expect(after.evidence.first { $0.name == "risk_log_e_value" }?.state == "alarm")
        let since = try #require(after.since)
        #expect(since > (try Instant(parsing: "1981-11-01T00:00:00Z")))
        let change = try #require(after.trainingWindow?.lowerBound)
        #expect(change > (try Instant(parsing: "1981-10-01T00:00:00Z")))
        #expect(change < (try Instant(parsing: "1982-03-01T00:00:00Z")))
        #expect(try await laboratory.verify().isClean)
    }
}
