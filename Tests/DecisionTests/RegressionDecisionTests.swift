import DecisionScenarios
@testable import Evaluation
import Foundation
import Statistics
import Testing

/// Regression tasks are judged by the absolute error beside that of the median label so far.
struct RegressionDecisionTests {
    private let task = PredictionTask(
        id: 1,
        name: "t",
        kind: .regression,
        horizonSeconds: 86_400,
        baseline: .first(cohorts: 30)
    )

    /// 100 days of 50 rows; the champion's errors are three times as large from a day on.
    private func rows(change: Int, seed: UInt64) -> [Ledger.Row] {
        var generator = SeededGenerator(seed: seed)
        return (0..<100).flatMap { day in
            (0..<50).map { _ in
                let label = 1000 + 100 * generator.nextNormal()
                let error = 10 * generator.nextNormal()
                let shadow = 7 * generator.nextNormal()
                return Ledger.Row(
                    day: Int32(day),
                    champion: label + (day < change ? error : 3 * error),
                    shadow: label + shadow,
                    label: label
                )
            }
        }
    }

    @Test func `sums, ranges and verdict of a comparison are those of the rows`() throws {
        let rows = rows(change: 100, seed: 1)
        let ledger = try Ledger(task: task, rows: rows)
        let days = ledger.gainDays
        #expect(days.count == 100)
        func gain(_ row: Ledger.Row) -> Double {
            abs(row.champion - (row.label ?? 0)) - abs((row.shadow ?? 0) - (row.label ?? 0))
        }
        let first = rows[..<50]
        expectNear(
            days[0].gain(.loss(.absoluteError)),
            first.reduce(0) { $0 + gain($1) },
            within: 1e-9
        )
        let range = try #require(days[0].evidence.range(.absoluteError))
        let width = first.reduce(0) { $0 + abs($1.champion - ($1.shadow ?? 0)) }
        expectNear(range.low, -width, within: 1e-9)
        expectNear(range.high, width, within: 1e-9)
        #expect(days[0].evidence.range(.decision).map { $0.low == 0 && $0.high == 0 } == true)
        let path = GainPath(
            days,
            metric: .loss(.absoluteError),
            options: ComparisonOptions(),
            alpha: 0.05
        )
        #expect(path.verdict == .promote)
        #expect(path.check.map { ($0.low ?? -1) > 0 } == true)
        expectNear(path.points.last?.mean, 3 * (2 / Double.pi).squareRoot(), within: 0.3)
    }

    @Test func `larger errors raise the alarm, and outliers alone do not`() throws {
        var monitor = RetrainingMonitor(
            try Ledger(task: task, rows: rows(change: 60, seed: 2)).watch
        )
        monitor.advance(to: .distantFuture)
        let alarm = try #require(monitor.alarm)
        #expect(alarm.block.start >= Instant(seconds: 60 * 86_400))
        #expect(alarm.block.start <= Instant(seconds: 64 * 86_400))
        #expect(alarm.isRelative)
        #expect(try #require(alarm.riseOfOtherRisk) > StandingAlarm.errors)
        // |error| has the mean 10 √(2/π), and labels lie 100 √(2/π) from their median.
        expectNear(
            monitor.full.absolute.baseline,
            10 * (2 / Double.pi).squareRoot(),
            within: 0.4
        )
        expectNear(monitor.full.deciding.baseline, 0.1, within: 0.005)

        var outliers = rows(change: 100, seed: 2)
        for index in outliers.indices where index >= 3000 && index % 500 == 0 {
            outliers[index].champion = 9e8
        }
        monitor = RetrainingMonitor(try Ledger(task: task, rows: outliers).watch)
        monitor.advance(to: .distantFuture)
        #expect(monitor.standing.isEmpty)
        // The first two days tell the median.
        #expect(monitor.full.watched.count == 68, "\(monitor.full.watched.count)")
        // Wrong labels do not make it deaf either.
        var worse = self.rows(change: 60, seed: 2)
        for index in worse.indices where index % 500 == 0 { worse[index].label = -9e8 }
        monitor = RetrainingMonitor(try Ledger(task: task, rows: worse).watch)
        monitor.advance(to: .distantFuture)
        #expect(try #require(monitor.alarm).change.start >= Instant(seconds: 58 * 86_400))
    }

    @Test func `labels that come to lie closer together are not the model's fault`() throws {
        var generator = SeededGenerator(seed: 8)
        let rows = (0..<200).flatMap { day in
            (0..<50).map { _ in
                let label = 1000 + (day < 80 ? 100 : 40) * generator.nextNormal()
                return Ledger.Row(
                    day: Int32(day),
                    champion: label + 10 * generator.nextNormal(),
                    shadow: label,
                    label: label
                )
            }
        }
        var monitor = RetrainingMonitor(try Ledger(task: task, rows: rows).watch)
        monitor.advance(to: .distantFuture)
        #expect(monitor.alarm == nil)
        #expect(try #require(monitor.unconfirmed).isRelative)
    }

    @Test func `recommend speaks of regression without scores to recalibrate`() throws {
        let inputs = RecommendationBuilder.Inputs(
            monitor: try Ledger(task: task, rows: rows(change: 60, seed: 3)).watch,
            model: "veteran"
        )
        var builder = RecommendationBuilder(inputs)
        let before = builder.recommendation(asOf: Instant(seconds: 60 * 86_400))
        #expect(before.verdict == .keep)
        let after = builder.recommendation(asOf: Instant(seconds: 101 * 86_400))
        #expect(after.verdict == .retrain)
        #expect(after.changePoint == Instant(seconds: 60 * 86_400))
        #expect(!after.evidence.contains { $0.name.hasPrefix("recalibration") })
    }

    @Test func `a baseline without any error can alarm`() throws {
        var rows: [Ledger.Row] = []
        for day in 0..<120 {
            let error = day < 60 ? 0.0 : 50
            for label in stride(from: 100.0, to: 110, by: 1) {
                rows.append(
                    Ledger.Row(day: Int32(day), champion: label + error, shadow: 0, label: label)
                )
            }
        }
        var monitor = RetrainingMonitor(try Ledger(task: task, rows: rows).watch)
        monitor.advance(to: .distantFuture)
        let alarm = try #require(monitor.alarm)
        // The first bad day tells how far losses may scatter, and little more.
        #expect((60...61).map { Instant(seconds: $0 * 86_400) }.contains(alarm.change.start))
        #expect(alarm.block.start <= Instant(seconds: 64 * 86_400))
    }
}
