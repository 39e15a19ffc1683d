import Foundation
import Testing

@testable import Evaluation

struct MetricTests {
    private static let all = TaskKind.open.flatMap(\.metrics)

    @Test func `a name means one metric, with a title and a meaning`() {
        #expect(Set(Self.all.map(\.name)).count == Self.all.count)
        for metric in Self.all {
            #expect(Metric.named(metric.name) == metric)
            #expect(!metric.title.isEmpty && !metric.title.contains("_"), "\(metric.name)")
            #expect(!metric.meaning.isEmpty && !metric.meaning.hasSuffix("."), "\(metric.name)")
        }
        #expect(Metric.named("mean") == nil)
    }

    @Test func `the usual metrics come in their own order`() {
        let binary = TaskKind.binary.usualMetrics.map(\.name)
        #expect(binary == ["accuracy", "roc_auc", "brier_score", "log_loss", "ece_10"])
        let regression = TaskKind.regression.usualMetrics.map(\.name)
        #expect(regression == ["mae", "rmse", "mean_error", "r2"])
    }

    @Test(arguments: TaskKind.open)
    func `a loss that models are compared by is the mean of a metric`(kind: TaskKind) {
        for metric in ComparisonMetric.all(for: kind) {
            let described = Metric.named(metric.name)
            #expect(described.map { kind.metrics.contains($0) } == true, "\(metric.name)")
            #expect(described?.better == (metric.isAscending ? .higher : .lower))
        }
        #expect(kind.metrics.contains { $0.name == kind.mainLoss.metricName })
    }

    @Test(arguments: TaskKind.open)
    func `what is wanted is worked out as when all is, and in the same order`(kind: TaskKind) {
        let rows = rows(kind)
        for exact in [nil, rows.labelled] {
            let all = kind.scoring.estimates(of: rows.window(), rows: exact, wanted: nil)
            #expect(all.map(\.name) == kind.reportedMetrics.map(\.name))
            for metric in all {
                let alone = kind.scoring.estimates(
                    of: rows.window(),
                    rows: exact,
                    wanted: [metric.name]
                )
                #expect(alone == [metric])
            }
            #expect(kind.scoring.estimates(of: rows.window(), rows: exact, wanted: []) == [])
        }
    }

    @Test(arguments: TaskKind.open)
    func `what needs totals alone does not look at the histogram`(kind: TaskKind) {
        let rows = rows(kind)
        let lost = rows.window(keepingHistogram: false)
        let whole = kind.scoring.estimates(of: rows.window(), rows: nil, wanted: nil)
        let rest = kind.scoring.estimates(of: lost, rows: nil, wanted: nil)
        for (one, other) in zip(whole, rest) {
            let needsTotals = Metric.named(one.name)?.needs == .totals
            #expect((one == other) == needsTotals, "\(one.name)")
        }
    }

    private func rows(_ kind: TaskKind) -> MetricRows {
        var rows = MetricRows(kind)
        for row in 0..<60 {
            let score = Double(row * 7 % 20) / 20 + 0.01
            rows.add(score, row * 3 % 7 < row % 5 ? 1 : 0, day: row / 12)
        }
        return rows
    }

    @Test func `the documentation lists every metric with its better side and its meaning`() throws
    {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/commands.md")
        let text = try String(contentsOf: path, encoding: .utf8)
        let listed = text.split(separator: "\n").filter { line in
            Self.all.contains { line.hasPrefix("| `\($0.name)` | ") }
        }
        let expected = Self.all.map { metric in
            let side = metric.better == .neither ? "" : metric.better.rawValue
            return "| `\(metric.name)` | \(side) | \(metric.meaning) |"
        }
        #expect(listed.map(String.init) == expected)
    }
}
