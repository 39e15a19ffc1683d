import Evaluation
import Presentation

/// The evidence that the risk has left its bound, for each label age.
struct EvidenceChart: Chart {
    var id: String
    var histories: [RiskHistory]
    var names: [String]
    var buckets: TimeBuckets

    func height(on sheet: Sheet) -> Double { RiskChart.bottom + 28 }

    /// The full age, which is the last, looks as the champion does elsewhere.
    private func style(_ index: Int) -> SeriesStyle {
        SeriesStyle(index: histories.count - 1 - index)
    }

    private var evidence: [[RiskHistory.Block]] {
        histories.map { $0.blocks.filter { $0.logEvidence != nil } }
    }

    var keys: [ChartKey] {
        evidence.indices.reversed().filter { !evidence[$0].isEmpty }
            .map { ChartKey(name: names[$0], mark: .series(style($0))) }
    }

    func drawing(on sheet: Sheet) -> HTML {
        let evidence = evidence
        let values = evidence.joined().compactMap(\.logEvidence)
        let thresholds = Set(histories.compactMap(\.logThreshold)).sorted()
        let all = evidence.joined().sorted { $0.start < $1.start }
        let plot = Plot(
            sheet,
            top: RiskChart.top,
            bottom: RiskChart.bottom,
            y: Scale(values + thresholds + [0], from: RiskChart.bottom, to: RiskChart.top),
            over: RiskChart.interval(all),
            buckets: buckets
        )
        var labels = [thresholds.first.flatMap { plot.name("alarm", of: $0) }]
        var lines: [HTML] = []
        for (index, blocks) in evidence.enumerated().reversed() {
            let places = blocks.map {
                (x: plot.time.middle($0.start, $0.end), y: plot.y.place($0.logEvidence ?? 0))
            }
            guard let last = places.last else { continue }
            let style = style(index)
            lines.append(
                "<path class=\"line \(style.stroke)\" d=\"\(Place.path(places))\"/>"
            )
            labels.append(EndLabels.Label(text: names[index], y: last.y, style: style))
        }
        return HTML([
            plot.valueAxis("Log e-value"), HTML(lines),
            thresholds.first.map { plot.level($0, line: "zero") } ?? .empty, plot.names(labels),
            plot.timeAxis(below: RiskChart.bottom),
        ])
    }
}
