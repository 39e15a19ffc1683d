import Evaluation
import Presentation

/// What happened against what was said, bin by bin, with the histogram of the scores beneath.
struct ReliabilityChart: Chart {
    var bins: [ReliabilityBin]

    private static let top = 40.0

    var wideSheet: Sheet { Sheet(width: 560, left: 60, right: 460, isNarrow: false) }

    func height(on sheet: Sheet) -> Double { Square(sheet).histogramBottom + 42 }

    func drawing(on sheet: Sheet) -> HTML {
        let square = Square(sheet)
        return HTML([
            axes(square), band(square), diagonal(square), points(square), histogram(square),
        ])
    }

    /// The field, as high as wide, with room for the histogram beneath.
    private struct Square {
        let sheet: Sheet
        let x: Scale
        let y: Scale
        let histogramTop: Double
        let histogramBottom: Double

        init(_ sheet: Sheet) {
            self.sheet = sheet
            let bottom = ReliabilityChart.top + sheet.right - sheet.left
            x = Scale(0...1, from: sheet.left, to: sheet.right)
            y = Scale(0...1, from: bottom, to: ReliabilityChart.top)
            histogramTop = bottom + 22
            histogramBottom = histogramTop + 60
        }
    }

    private func axes(_ square: Square) -> HTML {
        let (x, y) = (square.x, square.y)
        let values = stride(from: 0.0, through: 1, by: 0.2).map { value in
            (
                value: value,
                text: value == 0 || value > 0.99
                    ? "\(Int(value.rounded()))" : NumberText.number(value, decimals: 1)
            )
        }
        let grid = values.map { value, text -> HTML in
            """
            <line class="grid" x1="\(x.place(0))" x2="\(x.place(1))" y1="\(y.place(value))" \
            y2="\(y.place(value))"/>\
            <text class="e" x="\(square.sheet.left - 7)" y="\(y.place(value) + 4)">\(text)</text>\
            <line class="grid" y1="\(y.place(0))" y2="\(y.place(1))" x1="\(x.place(value))" \
            x2="\(x.place(value))"/>
            """
        }
        let ticks = values.map { (x: x.place($0.value), text: $0.text) }
        return """
            \(Plot.title("Share that happened"))\(HTML(grid))
            \(AxisTicks(sheet: square.sheet).html(ticks, below: square.histogramBottom))
            <text class="m ink" x="\(x.place(0.5))" y="\(square.histogramBottom + 36)">Score</text>
            """
    }

    /// Where calibrated scores would put their points.
    private func band(_ square: Square) -> HTML {
        let (x, y) = (square.x, square.y)
        guard bins.count > 1 else {
            return HTML(
                bins.map { bin in
                    """
                    <rect class="band" x="\(x.place(bin.meanScore) - 6)" width="12" \
                    y="\(y.place(bin.consistentHigh))" \
                    height="\(y.place(bin.consistentLow) - y.place(bin.consistentHigh))"/>
                    """
                }
            )
        }
        let upper = bins.map { (x: x.place($0.meanScore), y: y.place($0.consistentHigh)) }
        let lower = bins.reversed().map {
            (x: x.place($0.meanScore), y: y.place($0.consistentLow))
        }
        return "<path class=\"band\" d=\"\(Place.path(upper + lower))z\"/>"
    }

    private func diagonal(_ square: Square) -> HTML {
        let (x, y) = (square.x, square.y)
        return """
            <line class="level" x1="\(x.place(0))" y1="\(y.place(0))" x2="\(x.place(1))" \
            y2="\(y.place(1))"/>\
            <text class="e over" x="\(x.place(0.985))" y="\(y.place(0.76))">calibrated</text>
            """
    }

    private func points(_ square: Square) -> HTML {
        let (x, y) = (square.x, square.y)
        let style = SeriesStyle(index: 0)
        let places = bins.map { (x: x.place($0.meanScore), y: y.place($0.observed)) }
        let marks = zip(bins, places).map { bin, place -> HTML in
            """
            <line class="whisker sa" x1="\(place.x)" x2="\(place.x)" y1="\(y.place(bin.observedLow))" \
            y2="\(y.place(bin.observedHigh))"/>\(style.mark(place.x, place.y, isHollow: false))
            """
        }
        return "<path class=\"line sa\" d=\"\(Place.path(places))\"/>\(marks)"
    }

    private func histogram(_ square: Square) -> HTML {
        let x = square.x
        let largest = bins.map(\.n).max() ?? 1
        let height = square.histogramBottom - square.histogramTop
        let bars = bins.map { bin -> HTML in
            let share = Double(bin.n) / Double(max(1, largest))
            let width = max(1, x.place(bin.high) - x.place(bin.low) - 2)
            return """
                <rect class="bars" x="\(x.place(bin.low) + 1)" \
                y="\(square.histogramBottom - height * share)" width="\(width)" \
                height="\(height * share)"/>
                """
        }
        let most = NumberText.count(largest)
        let name: HTML =
            square.sheet.isNarrow
            ? """
            <text class="e over" x="\(x.place(1) - 2)" y="\(square.histogramTop + 8)">most in a bin: \
            \(most)</text>
            """
            : """
            <text x="\(x.place(1) + 10)" y="\(square.histogramTop + 12)">most in a bin:</text>\
            <text x="\(x.place(1) + 10)" y="\(square.histogramTop + 28)">\(most)</text>
            """
        return "\(HTML(bars))\(name)"
    }
}
