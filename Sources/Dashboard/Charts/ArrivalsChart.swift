import Evaluation
import Presentation

/// Labels by the day on which they became known, beside the predictions of the day.
struct ArrivalsChart: Chart {
    var id: String
    var days: [LabelStatusReport.Day]
    var buckets: TimeBuckets

    private static let top = 40.0
    private static let bottom = 250.0

    var keys: [ChartKey] {
        [ChartKey(name: "predictions", mark: .line), ChartKey(name: "labels", mark: .bars)]
    }

    func height(on sheet: Sheet) -> Double { Self.bottom + 28 }

    func drawing(on sheet: Sheet) -> HTML {
        let largest = days.map { max($0.predictions, $0.labels) }.max() ?? 1
        let start = days.first?.start ?? Instant(seconds: 0)
        let end = days.last?.end ?? start.advanced(bySeconds: 86_400)
        let plot = Plot(
            sheet,
            top: Self.top,
            bottom: Self.bottom,
            y: Scale(0...max(1, 1.05 * Double(largest)), from: Self.bottom, to: Self.top),
            over: Window(from: start, upTo: end),
            buckets: buckets
        )
        let bars = Bars(base: Self.bottom).path(
            days.filter { $0.labels > 0 }.map { day in
                (
                    start: plot.time.place(day.start), end: plot.time.place(day.end),
                    top: plot.y.place(Double(day.labels))
                )
            }
        )
        let line = days.map {
            (x: plot.time.middle($0.start, $0.end), y: plot.y.place(Double($0.predictions)))
        }
        let names: HTML = """
            <text class="fa strong" x="\(sheet.right + 8)" y="\(Self.top + 12)">— predictions</text>\
            <text x="\(sheet.right + 8)" y="\(Self.top + 30)">▮ labels</text>
            """
        return HTML([
            plot.valueAxis("A day"), "<path class=\"bars\" d=\"\(bars)\"/>",
            "<path class=\"line sa thin\" d=\"\(Place.path(line))\"/>",
            sheet.isNarrow ? .empty : names, plot.timeAxis(below: Self.bottom),
        ])
    }
}
