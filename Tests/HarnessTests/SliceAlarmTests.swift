import Evaluation
import Harness
import Ingest
import Statistics
import TestSupport
import Testing

/// Eight sites of which one breaks, from files to the recommendation.
@Suite(.temporaryDatabase, .hangLimit)
struct SliceAlarmTests {
    private static let start = Instant(seconds: 1_700_006_400)
    private static let days = 160
    private static let change = 100

    /// Predictions and labels of one day, 15 rows a site.
    private func files() -> (predictions: String, labels: String) {
        var generator = SeededGenerator(seed: 11)
        var predictions = "prediction_id,predicted_at,known_at,model,score,site\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        for day in 0..<Self.days {
            for row in 0..<120 {
                let site = row % 8
                let at = Self.start.advanced(bySeconds: Int64(86_400 * day + 600 * row))
                let share = generator.nextUniform() < 0.5 ? 0.15 : 0.85
                let isPositive = generator.nextUniform() < share
                let isBroken = day >= Self.change && site == 5
                let score = isBroken && generator.nextUniform() < 0.5 ? 1 - share : share
                let seen = at.advanced(bySeconds: 60).iso8601
                predictions +=
                    "\(day)-\(row),\(at.iso8601),\(at.iso8601),champion,\(score),s\(site)\n"
                labels += "\(day)-\(row),\(seen),\(seen),\(isPositive ? 1 : 0)\n"
            }
        }
        return (predictions, labels)
    }

    private func laboratory(_ name: Name) async throws -> Laboratory {
        var task = PredictionTask(
            name: name,
            kind: .binary,
            horizonSeconds: 86_400,
            sliceKeys: ["site"]
        )
        task.baseline = .first(cohorts: 30)
        return try await Laboratory(task)
    }

    private func day(_ number: Int) -> String {
        String(Self.start.advanced(bySeconds: Int64(86_400 * number)).iso8601.prefix(10))
    }

    /// The rows of a file in three, the last ones first, each with the header.
    private func backwards(_ text: String) -> [String] {
        let lines = text.split(separator: "\n")
        let rows = Array(lines.dropFirst().reversed())
        return (0..<3).map { part in
            ([lines[0]] + rows[rows.count * part / 3..<rows.count * (part + 1) / 3])
                .joined(separator: "\n") + "\n"
        }
    }

    @Test func `a broken site is named, however its rows come`() async throws {
        let files = files()
        let laboratory = try await laboratory("sites")
        let report = try await laboratory.predictions(.text(files.predictions), backfill: true)
        #expect(report.counts.accepted == 120 * Self.days, "\(report)")
        try await laboratory.labels(.text(files.labels), backfill: true)
        let before = try await laboratory.recommend(day(Self.change), hasShadows: false)
        #expect(before.verdict == .keep && before.slices.isEmpty)
        let after = try await laboratory.recommend(day(Self.days + 2), hasShadows: false)
        #expect(after.verdict == .retrain, "\(after.reasons)")
        let alarm = try #require(after.slices.first)
        #expect(alarm.slice.text == "site=s5" && alarm.confirmedAt != nil)
        #expect(after.slices.count == 1)
        let start = try Instant(parsing: day(Self.change) + "T00:00:00Z")
        #expect(abs(alarm.change.microseconds - start.microseconds) <= 10 * 86_400_000_000)
        #expect(try await laboratory.verify().isClean)

        // Values of the slice are met in another order, and so have other numbers.
        let other = try await self.laboratory("sites-backwards")
        for part in backwards(files.labels) {
            try await other.labels(.text(part), backfill: true)
        }
        for part in backwards(files.predictions) {
            try await other.predictions(.text(part), backfill: true)
        }
        let again = try await other.recommend(day(Self.days + 2), hasShadows: false)
        #expect(again.slices == after.slices && again.evidence == after.evidence)
    }
}
