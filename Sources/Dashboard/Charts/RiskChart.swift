import Evaluation
import Presentation

/// The risk of a model block by block, held against its baseline.
struct RiskChart: Chart {
    var id: String
    var valueTitle: String
    var history: RiskHistory
    var flags: [TimeSeriesChart.Flag]
    var buckets: TimeBuckets

    static let top = 48.0
    static let bottom = 270.0

    static func interval(_ blocks: [RiskHistory.Block]) -> Window {
        guard let first = blocks.first, let last = blocks.last, first.start < last.end else {
            return Window(from: Instant(seconds: 0), upTo: Instant(seconds: 86_400))
        }
        return Window(from: first.start, upTo: last.end)
    }

    /// The mean over the blocks up to each.
    var means: [Double] {
        MovingMean.values(
            sums: history.blocks.map { $0.risk * Double($0.rows) },
            rows: history.blocks.map { Double($0.rows) }
        )
    }

    func height(on sheet: Sheet) -> Double { Self.bottom + 28 }

    func drawing(on sheet: Sheet) -> HTML {
        let means = means
        let levels = [history.baselineRisk, history.riskBound].compactMap(\.self)
        let plot = Plot(
            sheet,
            top: Self.top,
            bottom: Self.bottom,
            y: Scale(history.blocks.map(\.risk) + levels, from: Self.bottom, to: Self.top),
            over: Self.interval(history.blocks),
            buckets: buckets
        )
        let dots = history.blocks.map { block in
            let x = Place.text(plot.time.middle(block.start, block.end))
            return "M\(x) \(Place.text(plot.y.place(block.risk)))h0"
        }.joined()
        let line = zip(history.blocks, means).map { block, mean in
            (x: plot.time.middle(block.start, block.end), y: plot.y.place(mean))
        }
        let field: HTML = """
            <path class="dots" d="\(dots)"/><path class="line sa" d="\(Place.path(line))"/>
            """
        return HTML([
            baseline(plot), plot.valueAxis(valueTitle), plot.clipped(id, field),
            history.baselineRisk.map { plot.level($0) } ?? .empty,
            history.riskBound.map { plot.level($0, line: "zero") } ?? .empty,
            plot.flags(flags.map(\.at)),
            plot.names([
                history.riskBound.flatMap { plot.name("allowed", of: $0) },
                history.baselineRisk.flatMap { plot.name("baseline", of: $0) },
            ]), plot.timeAxis(below: Self.bottom),
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
            <text class="over" x="\(x + 6)" y="\(Self.top + 14)">baseline</text>
            """
    }
}
