import Evaluation
import Presentation

/// The loss of a champion, and of a model that is fitted anew every week, on the same rows.
struct RetrainingChart: Chart {
    var id: String
    var valueTitle: String
    var champion: Name
    var blocks: [RetrainedShadow.Block]
    var buckets: TimeBuckets

    static let retrained = "fitted anew"

    func height(on sheet: Sheet) -> Double { RiskChart.bottom + 28 }

    private var series: [(name: String, style: SeriesStyle, means: [Double])] {
        [
            (champion.text, SeriesStyle(index: 0), means(\.champion)),
            (Self.retrained, SeriesStyle(index: 1), means(\.retrained)),
        ]
    }

    /// The mean over the blocks up to each.
    private func means(_ loss: KeyPath<RetrainedShadow.Block, Double>) -> [Double] {
        MovingMean.values(
            sums: blocks.map { $0[keyPath: loss] },
            rows: blocks.map { Double($0.rows) }
        )
    }

    var keys: [ChartKey] { series.map { ChartKey(name: $0.name, mark: .series($0.style)) } }

    func drawing(on sheet: Sheet) -> HTML {
        let series = series
        let plot = Plot(
            sheet,
            top: RiskChart.top,
            bottom: RiskChart.bottom,
            y: Scale(series.flatMap(\.means), from: RiskChart.bottom, to: RiskChart.top),
            over: Window(
                from: blocks.first?.start ?? .distantPast,
                upTo: blocks.last?.end ?? .distantFuture
            ),
            buckets: buckets
        )
        var labels: [EndLabels.Label?] = []
        var lines: [HTML] = []
        for (name, style, means) in series {
            let places = zip(blocks, means).map {
                (x: plot.time.middle($0.start, $0.end), y: plot.y.place($1))
            }
            lines.append("<path class=\"line \(style.stroke)\" d=\"\(Place.path(places))\"/>")
            labels.append(
                places.last.map { EndLabels.Label(text: name, y: $0.y, style: style) }
            )
        }
        return HTML([
            plot.valueAxis(valueTitle), HTML(lines), plot.names(labels),
            plot.timeAxis(below: RiskChart.bottom),
        ])
    }
}
