import Evaluation
import Harness
import Presentation

/// Labels by the day on which they became known, beside the predictions of the day.
struct ArrivalsChart: Sendable {
    var id: String
    var days: [LabelStatusReport.Day]
    var buckets: TimeBuckets

    static let height = 290.0
    private static let top = 40.0
    private static let bottom = 250.0

    var drawing: HTML {
        let largest = days.map { max($0.predictions, $0.labels) }.max() ?? 1
        let start = days.first?.start ?? Instant(seconds: 0)
        let end = days.last?.end ?? start.advanced(bySeconds: 86_400)
        let plot = Plot(
            top: Self.top,
            bottom: Self.bottom,
            y: Scale(0...max(1, 1.05 * Double(largest)), from: Self.bottom, to: Self.top),
            time: TimeAxis(start..<end, buckets: buckets, from: Plot.left, to: Plot.right)
        )
        let base = Place.text(Self.bottom)
        let bars = days.filter { $0.labels > 0 }.map { day in
            let start = plot.time.place(day.start)
            let end = max(start + 0.5, plot.time.place(day.end) - (days.count > 120 ? 0.3 : 1))
            return "M\(Place.text(start)) \(base)V\(Place.text(plot.y.place(Double(day.labels))))"
                + "H\(Place.text(end))V\(base)"
        }.joined()
        let line = days.map {
            (x: plot.time.middle($0.start, $0.end), y: plot.y.place(Double($0.predictions)))
        }
        return HTML([
            plot.valueAxis("A day"), "<path class=\"bars\" d=\"\(bars)\"/>",
            "<polyline class=\"line sa thin\" points=\"\(Place.line(line))\"/>",
            """
            <text class="fa strong" x="\(Plot.right + 8)" y="\(Self.top + 12)">— predictions</text>\
            <text x="\(Plot.right + 8)" y="\(Self.top + 30)">▮ labels</text>
            """,
            plot.timeAxis(below: Self.bottom),
        ])
    }
}

/// How the share of known labels grows after a prediction.
struct DelayChart: Sendable {
    var id: String
    var curves: [DelayCurve]
    var horizonHours: Double

    static let height = 300.0
    private static let top = 40.0
    private static let bottom = 250.0

    var drawing: HTML {
        let end = curves.flatMap(\.points).map(\.hours).max() ?? 1
        let x = Scale(0...max(end, 1e-3), from: Plot.left, to: Plot.right)
        let y = Scale(0...1, from: Self.bottom, to: Self.top)
        let grid = [0, 0.25, 0.5, 0.75, 1].map { share -> HTML in
            """
            <line class="grid" x1="\(Plot.left)" x2="\(Plot.right)" y1="\(y.place(share))" \
            y2="\(y.place(share))"/>\
            <text class="e" x="\(Plot.left - 8)" y="\(y.place(share) + 4)">\(Int(100 * share)) %</text>
            """
        }
        var labels: [EndLabels.Label] = []
        let lines = curves.enumerated().map { index, curve -> HTML in
            let style = SeriesStyle(index: index)
            let places = curve.points.map { (x: x.place($0.hours), y: y.place($0.share)) }
            if let last = places.last {
                let text = curve.name == "all" ? "all" : "label \(curve.name)"
                labels.append(EndLabels.Label(text: text, y: last.y, style: style))
            }
            return "<polyline class=\"line \(style.stroke)\" points=\"\(Place.line(places))\"/>"
        }
        var horizon: HTML = .empty
        if horizonHours <= end {
            let place = x.place(horizonHours)
            horizon = """
                <line class="level" x1="\(place)" x2="\(place)" y1="\(Self.top)" y2="\(Self.bottom)"/>\
                <text class="m" x="\(place)" y="\(Self.top - 6)">horizon</text>
                """
        }
        return HTML([
            HTML(grid), "<text class=\"ink\" x=\"8\" y=\"20\">Share of labels known</text>",
            horizon,
            HTML(lines), EndLabels.html(labels, within: Self.top...Self.bottom), axis(x),
        ])
    }

    /// In minutes, hours or days, whichever is read most easily.
    private func axis(_ x: Scale) -> HTML {
        let end = x.domain.upperBound
        let (unit, name) =
            end > 96 ? (24.0, "days") : end > 3 ? (1.0, "hours") : (1.0 / 60, "minutes")
        let shown = Scale(0...(end / unit), from: x.start, to: x.end)
        let decimals = shown.decimals(6)
        let ticks = shown.ticks(6).map { value -> HTML in
            """
            <line class="axis" x1="\(shown.place(value))" x2="\(shown.place(value))" \
            y1="\(Self.bottom)" y2="\(Self.bottom + 4)"/>\
            <text class="m" x="\(shown.place(value))" y="\(Self.bottom + 18)">\
            \(NumberText.number(value, decimals: decimals))</text>
            """
        }
        return """
            <line class="axis" x1="\(Plot.left)" x2="\(Plot.right)" y1="\(Self.bottom)" \
            y2="\(Self.bottom)"/>\(ticks)\
            <text class="m ink" x="\((Plot.left + Plot.right) / 2)" y="\(Self.bottom + 40)">\
            \(name) after the prediction</text>
            """
    }
}
