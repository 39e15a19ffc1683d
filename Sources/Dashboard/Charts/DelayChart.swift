import Evaluation
import Presentation

/// How the share of known labels grows after a prediction.
struct DelayChart: Chart {
    var id: String
    var curves: [DelayCurve]
    var horizonHours: Double

    private static let top = 40.0
    private static let bottom = 250.0

    private static func name(_ curve: DelayCurve) -> String {
        curve.name == "all" ? "all" : "label \(curve.name)"
    }

    var keys: [ChartKey] {
        curves.enumerated().map { index, curve in
            ChartKey(name: Self.name(curve), mark: .series(SeriesStyle(index: index)))
        }
    }

    func height(on sheet: Sheet) -> Double { Self.bottom + 50 }

    private var end: Double { max(curves.flatMap(\.points).map(\.hours).max() ?? 1, 1e-3) }

    func drawing(on sheet: Sheet) -> HTML {
        let x = Scale(0...end, from: sheet.left, to: sheet.right)
        let y = Scale(0...1, from: Self.bottom, to: Self.top)
        let grid = [0, 0.25, 0.5, 0.75, 1].map { share -> HTML in
            """
            <line class="grid" x1="\(sheet.left)" x2="\(sheet.right)" y1="\(y.place(share))" \
            y2="\(y.place(share))"/>\
            <text class="e" x="\(sheet.left - 7)" y="\(y.place(share) + 4)">\(Int(100 * share)) %</text>
            """
        }
        var labels: [EndLabels.Label] = []
        let lines = curves.enumerated().map { index, curve -> HTML in
            let style = SeriesStyle(index: index)
            let places = curve.points.map { (x: x.place($0.hours), y: y.place($0.share)) }
            if let last = places.last {
                labels.append(EndLabels.Label(text: Self.name(curve), y: last.y, style: style))
            }
            return "<path class=\"line \(style.stroke)\" d=\"\(Place.path(places))\"/>"
        }
        return HTML([
            Plot.title("Share of labels known"), HTML(grid), horizon(x), HTML(lines),
            EndLabels.html(labels, within: Self.top...Self.bottom, on: sheet), axis(sheet),
        ])
    }

    private func horizon(_ x: Scale) -> HTML {
        guard horizonHours <= end else { return .empty }
        let place = x.place(horizonHours)
        return """
            <line class="level" x1="\(place)" x2="\(place)" y1="\(Self.top)" y2="\(Self.bottom)"/>\
            <text class="e" x="\(place)" y="\(Self.top - 6)">horizon</text>
            """
    }

    /// In minutes, hours or days, whichever is read most easily.
    private func axis(_ sheet: Sheet) -> HTML {
        let (unit, name) =
            end > 96 ? (24.0, "days") : end > 3 ? (1.0, "hours") : (1.0 / 60, "minutes")
        let shown = Scale(0...(end / unit), from: sheet.left, to: sheet.right)
        let decimals = shown.decimals(6)
        let ticks = shown.ticks(6).map {
            (x: shown.place($0), text: NumberText.number($0, decimals: decimals))
        }
        return """
            \(AxisTicks(sheet: sheet).html(ticks, below: Self.bottom))\
            <text class="m ink" x="\((sheet.left + sheet.right) / 2)" y="\(Self.bottom + 40)">\
            \(name) after the prediction</text>
            """
    }
}
