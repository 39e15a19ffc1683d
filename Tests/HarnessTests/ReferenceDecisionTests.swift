import Evaluation
import Foundation
import Harness
import Ingest
import TestSupport
import Testing

/// `08_monitor/stream.csv` from CSV text to recommendation and comparison, through a real database: 100 days, a
/// change on day 60. What needs no database is in `DecisionTests`.
@Suite(.temporaryDatabase, .hangLimit)
struct ReferenceDecisionTests {
    private let start = 1_704_067_200  // 2024-01-01

    /// The champion scores p, and its shadow 0.3.
    private func laboratory() async throws -> Laboratory {
        let laboratory = try await Laboratory(
            PredictionTask(
                name: "reference",
                kind: .binary,
                horizonSeconds: 86_400,
                baseline: .first(cohorts: 30)
            )
        )
        var predictions = "prediction_id,predicted_at,known_at,model,score\n"
        var labels = "prediction_id,label,observed_at,known_at\n"
        let stream = try String(
            decoding: Fixtures.data("statistics/08_monitor/stream.csv"),
            as: UTF8.self
        )
        for line in stream.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",")
            let day = try #require(Int(fields[0]))
            let row = try #require(Int(fields[1]))
            let second = start + 86_400 * day + row % 3600
            let at = Instant(seconds: Int64(second)).iso8601
            let later = Instant(seconds: Int64(second + 3600)).iso8601
            predictions += "\(day)-\(row),\(at),\(at),champion,\(fields[3])\n"
            predictions += "\(day)-\(row),\(at),\(at),shadow,0.3\n"
            labels += "\(day)-\(row),\(fields[2]),\(later),\(later)\n"
        }
        try await laboratory.predictions(.text(predictions), backfill: true)
        try await laboratory.labels(.text(labels), backfill: true)
        try await SetRole(pool: laboratory.pool, task: laboratory.task)
            .run(model: "champion", role: .champion, from: nil)
        return laboratory
    }

    private func expected(_ file: String, _ id: String) throws -> [String: Any] {
        let root = try JSONSerialization.jsonObject(with: Fixtures.data("statistics/\(file)"))
        let cases = (root as? [String: Any])?["cases"] as? [[String: Any]]
        let found = try #require(cases?.first { $0["id"] as? String == id })
        return try #require(found["expected"] as? [String: Any])
    }

    private func instant(_ day: Int) -> Instant { Instant(seconds: Int64(start + 86_400 * day)) }

    @Test func `recommend finds the change of the reference, and not before it`() async throws {
        let laboratory = try await laboratory()
        func recommend(_ day: Int) async throws -> Recommendation {
            try await Recommend(
                pool: laboratory.pool,
                task: laboratory.task,
                query: RecommendationQuery(asOf: instant(day), hasShadows: false)
            ).run().recommendation
        }
        // A day is whole when it has ended and reached the horizon of a day.
        let before = try await recommend(62)
        #expect(before.verdict == .keep && !before.hasAlarm)
        let after = try await recommend(101)
        #expect(after.hasAlarm && after.changePoint == instant(60))
        #expect(
            after.evidence.contains {
                $0.name.hasSuffix("risk_log_e_value") && $0.state == .alarm
                    && ($0.value ?? 0) > ($0.threshold ?? .infinity)
            }
        )
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `compare gives the reference's confidence sequence`() async throws {
        let laboratory = try await laboratory()
        let e = try expected("07_recommended/expected_blocks.json", "asympcs_blocks")
        let days = try #require(e["days"] as? [Int])
        let means = try #require(e["mean"] as? [Double])
        let radii = try #require(e["radius"] as? [Double])
        for (index, day) in days.enumerated() {
            let report = try await CompareModels(
                pool: laboratory.pool,
                task: laboratory.task,
                query: ComparisonQuery(asOf: instant(day + 1))
            ).run()
            let sequence = try #require(report.comparisons.first?.sequence)
            #expect(sequence.cohorts == day)
            // There the gain is that of the scores over the constant.
            expectClose(sequence.mean, -means[index], "mean, day \(day)")
            expectClose(sequence.low, -means[index] - radii[index], "low, day \(day)")
            expectClose(sequence.high, -means[index] + radii[index], "high, day \(day)")
        }
    }
}
