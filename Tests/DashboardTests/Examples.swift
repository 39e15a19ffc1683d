import Foundation
import Testing

@testable import Dashboard
@testable import Evaluation

/// Made-up answers for pages.
enum Examples {
    static let hostile = "<script>alert(1)</script>\"&'\u{202E}\u{1}"

    static func task(_ name: Name = "flights", kind: TaskKind = .binary) -> PredictionTask {
        PredictionTask(
            id: 1,
            name: name,
            kind: kind,
            horizonSeconds: 2 * 86_400,
            sliceKeys: ["country"]
        )
    }

    static let start = Instant(seconds: 1_356_998_400)

    static func day(_ index: Int) -> Instant { start.advanced(bySeconds: 86_400 * Int64(index)) }

    static func outline(
        models: [Name] = ["champion", "shadow"],
        champion: Name? = "champion",
        days: Int? = 90,
        slices: [Slice] = []
    ) -> TaskOutline {
        TaskOutline(
            models: models.map { .init(name: $0, role: $0 == champion ? .champion : .shadow) },
            slices: slices,
            champion: champion,
            extent: days.map { start...day($0) },
            roles: models.map { RoleChange(model: $0, role: .shadow, validFrom: day(3)) },
            recommendations: [],
            acknowledgements: [],
            present: day(400)
        )
    }

    static func window(_ index: Int, _ estimate: MetricEstimate, name: String) -> WindowReport {
        WindowReport(
            window: ReportWindow(start: day(index), end: day(index + 1)),
            predictions: 100,
            labelled: estimate.n,
            pending: 100 - estimate.n,
            overdue: 0,
            implied: 0,
            isMature: estimate.n == 100,
            metrics: [NamedMetric(name, estimate)]
        )
    }

    static func report(
        _ task: PredictionTask,
        _ models: [(name: Name, windows: [WindowReport])],
        days: Int
    ) -> Report {
        Report(
            task: task,
            asOf: day(400),
            interval: Window(from: start, upTo: day(max(1, days))),
            period: .day,
            models: models.enumerated().map {
                ModelReport(
                    model: $0.element.name,
                    version: nil,
                    role: $0.offset == 0 ? .champion : .shadow,
                    windows: $0.element.windows
                )
            },
            isExact: false
        )
    }

    /// Two requests, one of them without a label.
    static func pairsPage(task: PredictionTask, champion: Name, slice: Slice) -> PairsPage {
        func row(_ score: Double, label: Double?) -> StandingPrediction {
            StandingPrediction(
                prediction: StoredPrediction(
                    predictedAt: start,
                    telling: Telling(knownAt: start),
                    modelVersion: 1,
                    model: 1,
                    sliceSet: 0,
                    scoreStart: 0,
                    details: ""
                ),
                score: score,
                status: label == nil ? .pending : .labelled,
                label: label
            )
        }
        let pairs = [nil, 1.0].map {
            RequestPair(
                champion: row(0.2, label: $0),
                shadow: row(0.7, label: $0),
                championSortsFirst: true
            )
        }
        var tally = PairTally(task)
        for pair in pairs { tally.add(pair) }
        return PairsPage(
            place: TaskPlace(task, asOf: nil),
            outline: outline(models: [champion, "b"], champion: champion, slices: [slice]),
            pairs: PairPage(
                task: task,
                asOf: day(3),
                champion: champion,
                shadow: "b",
                query: PairQuery(slice: slice),
                apart: tally.apart,
                rows: pairs.map {
                    PairPage.Row(
                        predictionID: champion.text,
                        championVersion: champion,
                        shadowVersion: "2",
                        slices: [slice],
                        pair: $0
                    )
                }
            )
        )
    }

    static func metricPage(
        task: PredictionTask = task(),
        models: [(name: Name, windows: [WindowReport])],
        days: Int,
        slices: [Slice] = [],
        asOf: Instant? = nil
    ) -> MetricPage {
        let report = report(task, models, days: days)
        var choice = MetricPage.Choice(metric: "brier_score", period: .day)
        choice.slice = slices.first.map { "\($0.key)=\($0.value)" }
        return MetricPage(
            place: TaskPlace(task, asOf: asOf),
            outline: outline(
                models: models.map(\.name),
                champion: models.first?.name,
                slices: slices
            ),
            choice: choice,
            report: report,
            whole: report
        )
    }
}
