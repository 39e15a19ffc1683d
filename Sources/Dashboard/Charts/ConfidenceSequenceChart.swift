import Evaluation
import Presentation

/// The confidence sequence of a gain, day after day, against no gain and the least gain that matters.
struct ConfidenceSequenceChart: Chart {
    var id: String
    var points: [GainPoint]
    var minimumGain: Double
    /// When decisions were reached and lost.
    var flags: [TimeSeriesChart.Flag]
    var buckets: TimeBuckets

    private static let top = 48.0
    private static let bottom = 290.0

    private var known: [GainPoint] { points.filter { $0.low != nil } }

    var interval: Window {
        guard let first = points.first?.knownAt, let last = points.last?.knownAt, first < last
        else {
            let at = points.first?.knownAt ?? Instant(seconds: 0)
            return Window(
                from: at.advanced(bySeconds: -43_200),
                upTo: at.advanced(bySeconds: 43_200)
            )
        }
        return Window(from: first, upTo: last)
    }

    /// The first intervals are wide and would make all that follows flat, so some are cut off.
    private var domainValues: [Double] {
        let settled = known.dropFirst(known.count / 6)
        let limits = settled.compactMap(\.low) + settled.compactMap(\.high)
        return limits + settled.map(\.mean) + [0, minimumGain]
    }

    func height(on sheet: Sheet) -> Double { Self.bottom + 28 }

    func drawing(on sheet: Sheet) -> HTML {
        let plot = Plot(
            sheet,
            top: Self.top,
            bottom: Self.bottom,
            y: Scale(domainValues, from: Self.bottom, to: Self.top),
            over: interval,
            buckets: buckets
        )
        let upper = known.map { (x: plot.time.place($0.knownAt), y: plot.y.place($0.high ?? 0)) }
        let lower = known.reversed().map {
            (x: plot.time.place($0.knownAt), y: plot.y.place($0.low ?? 0))
        }
        let mean = known.map { (x: plot.time.place($0.knownAt), y: plot.y.place($0.mean)) }
        let field: HTML = """
            <path class="area fb" d="\(Place.path(upper + lower))z"/>\
            <path class="line sb" d="\(Place.path(mean))"/>
            """
        return HTML([
            plot.valueAxis("Mean gain so far"), plot.clipped(id, field),
            plot.level(0, line: "zero"), minimumGain > 0 ? plot.level(minimumGain) : .empty,
            plot.flags(flags.map(\.at)), plot.names(names(plot)), plot.timeAxis(below: Self.bottom),
        ])
    }

    private func names(_ plot: Plot) -> [EndLabels.Label?] {
        [
            EndLabels.Label(text: "▲ shadow better", y: Self.top + 8),
            minimumGain > 0 ? plot.name("least gain", of: minimumGain) : nil,
            plot.name("no gain", of: 0),
            EndLabels.Label(text: "▼ shadow worse", y: Self.bottom - 8),
        ]
    }
}
