import Evaluation
import Presentation

/// The risk of a model block by block, held against its baseline.
struct RiskChart: Sendable {
    var id: String
    var valueTitle: String
    var history: RiskHistory
    var flags: [TimeSeriesChart.Flag]
    var buckets: TimeBuckets

    static let height = 310.0
    static let top = 44.0
    static let bottom = 270.0

    /// Blocks over which the line is the mean.
    static let smoothed = 14

    static func interval(_ blocks: [RiskHistory.Block]) -> Range<Instant> {
        guard let first = blocks.first, let last = blocks.last, first.start < last.end else {
            return Instant(seconds: 0)..<Instant(seconds: 86_400)
        }
        return first.start..<last.end
    }

    /// The mean over the blocks up to each, weighted by rows.
    var means: [Double] {
        history.blocks.indices.map { index in
            let blocks = history.blocks[max(0, index + 1 - Self.smoothed)...index]
            let rows = blocks.reduce(0) { $0 + Double($1.rows) }
            return blocks.reduce(0) { $0 + $1.risk * Double($1.rows) } / max(1, rows)
        }
    }

    var drawing: HTML {
        let means = means
        let levels = [history.baselineRisk, history.riskBound].compactMap(\.self)
        let plot = Plot(
            top: Self.top,
            bottom: Self.bottom,
            y: Scale(history.blocks.map(\.risk) + levels, from: Self.bottom, to: Self.top),
            time: TimeAxis(
                Self.interval(history.blocks),
                buckets: buckets,
                from: Plot.left,
                to: Plot.right
            )
        )
        let dots = history.blocks.map { block in
            let x = Place.text(plot.time.middle(block.start, block.end))
            return "M\(x) \(Place.text(plot.y.place(block.risk)))h0"
        }.joined()
        let line = zip(history.blocks, means).map { block, mean in
            (x: plot.time.middle(block.start, block.end), y: plot.y.place(mean))
        }
        let field: HTML = """
            <path class="dots" d="\(dots)"/><polyline class="line sa" points="\(Place.line(line))"/>
            """
        return HTML([
            baseline(plot), plot.valueAxis(valueTitle), plot.clipped("\(id)-field", field),
            history.baselineRisk.map { plot.level($0, "baseline") } ?? .empty,
            history.riskBound.map { plot.level($0, "allowed", line: "zero") } ?? .empty,
            HTML(flags.enumerated().map { plot.flag($0.offset + 1, at: $0.element.at) }),
            plot.timeAxis(below: Self.bottom),
        ])
    }

    /// The blocks that the rest is held against.
    private func baseline(_ plot: Plot) -> HTML {
        let before = history.blocks.filter { $0.logEvidence == nil }
        guard let first = before.first, let last = before.last else { return .empty }
        let (x, end) = (plot.time.place(first.start), plot.time.place(last.end))
        return """
            <rect class="room" x="\(x)" y="\(Self.top)" width="\(max(1, end - x))" \
            height="\(Self.bottom - Self.top)"/>\
            <text x="\(x + 6)" y="\(Self.top + 14)">baseline</text>
            """
    }
}

/// The evidence that the risk has left its bound, for each label age.
struct EvidenceChart: Sendable {
    var id: String
    var histories: [RiskHistory]
    var names: [String]
    var buckets: TimeBuckets

    static let height = 310.0

    var drawing: HTML {
        let evidence = histories.map { $0.blocks.filter { $0.logEvidence != nil } }
        let values = evidence.joined().compactMap(\.logEvidence)
        let thresholds = Set(histories.compactMap(\.logThreshold)).sorted()
        let all = evidence.joined().sorted { $0.start < $1.start }
        let plot = Plot(
            top: RiskChart.top,
            bottom: RiskChart.bottom,
            y: Scale(values + thresholds + [0], from: RiskChart.bottom, to: RiskChart.top),
            time: TimeAxis(
                RiskChart.interval(all),
                buckets: buckets,
                from: Plot.left,
                to: Plot.right
            )
        )
        var labels: [EndLabels.Label] = []
        var lines: [HTML] = []
        for (index, blocks) in evidence.enumerated().reversed() {
            let style = SeriesStyle(index: histories.count - 1 - index)
            let places = blocks.map {
                (x: plot.time.middle($0.start, $0.end), y: plot.y.place($0.logEvidence ?? 0))
            }
            guard let last = places.last else { continue }
            lines.append(
                "<polyline class=\"line \(style.stroke)\" points=\"\(Place.line(places))\"/>"
            )
            labels.append(EndLabels.Label(text: names[index], y: last.y, style: style))
        }
        return HTML([
            plot.valueAxis("Log e-value"), HTML(lines),
            thresholds.first.map { plot.level($0, "alarm", line: "zero") } ?? .empty,
            EndLabels.html(labels, within: (RiskChart.top + 24)...RiskChart.bottom),
            plot.timeAxis(below: RiskChart.bottom),
        ])
    }
}
