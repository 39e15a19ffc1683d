import Evaluation
import Presentation

/// The confidence sequence of a gain, day after day, against no gain and the least gain that matters.
struct ConfidenceSequenceChart: Sendable {
    var id: String
    var points: [GainPoint]
    var minimumGain: Double
    /// When decisions were reached and lost.
    var flags: [TimeSeriesChart.Flag]
    var buckets: TimeBuckets

    static let height = 330.0
    private static let top = 44.0
    private static let bottom = 290.0

    private var known: [GainPoint] { points.filter { $0.low != nil } }

    var interval: Range<Instant> {
        guard let first = points.first?.knownAt, let last = points.last?.knownAt, first < last
        else {
            let at = points.first?.knownAt ?? Instant(seconds: 0)
            return at.advanced(bySeconds: -43_200)..<at.advanced(bySeconds: 43_200)
        }
        return first..<last
    }

    /// The first intervals are wide and would make all that follows flat, so some are cut off.
    private var domainValues: [Double] {
        let settled = known.dropFirst(known.count / 6)
        let limits = settled.compactMap(\.low) + settled.compactMap(\.high)
        return limits + settled.map(\.mean) + [0, minimumGain]
    }

    private var plot: Plot {
        Plot(
            top: Self.top,
            bottom: Self.bottom,
            y: Scale(domainValues, from: Self.bottom, to: Self.top),
            time: TimeAxis(interval, buckets: buckets, from: Plot.left, to: Plot.right)
        )
    }

    var drawing: HTML {
        let plot = plot
        let upper = known.map { (x: plot.time.place($0.knownAt), y: plot.y.place($0.high ?? 0)) }
        let lower = known.reversed().map {
            (x: plot.time.place($0.knownAt), y: plot.y.place($0.low ?? 0))
        }
        let mean = known.map { (x: plot.time.place($0.knownAt), y: plot.y.place($0.mean)) }
        let field: HTML = """
            <polygon class="area fb" points="\(Place.line(upper + lower))"/>\
            <polyline class="line sb" points="\(Place.line(mean))"/>
            """
        return HTML([
            plot.valueAxis("Mean gain so far"), plot.clipped("\(id)-field", field),
            plot.level(0, "no gain", line: "zero"),
            minimumGain > 0 ? plot.level(minimumGain, "least gain") : .empty, sides(plot),
            HTML(flags.enumerated().map { plot.flag($0.offset + 1, at: $0.element.at) }),
            plot.timeAxis(below: Self.bottom),
        ])
    }

    private func sides(_ plot: Plot) -> HTML {
        """
        <text x="\(Plot.right + 8)" y="\(Self.top + 12)">▲ shadow better</text>\
        <text x="\(Plot.right + 8)" y="\(Self.bottom - 4)">▼ shadow worse</text>
        """
    }
}
