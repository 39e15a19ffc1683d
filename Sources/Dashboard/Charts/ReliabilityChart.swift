import Evaluation
import Presentation

/// What happened against what was said, bin by bin, with the histogram of the scores beneath.
struct ReliabilityChart: Sendable {
    var id: String
    var bins: [ReliabilityBin]

    static let width = 560.0
    static let height = 572.0
    private static let left = 60.0
    private static let top = 40.0
    private static let side = 400.0
    private static let histogramTop = 462.0
    private static let histogramHeight = 60.0

    private let x = Scale(0...1, from: Self.left, to: Self.left + Self.side)
    private let y = Scale(0...1, from: Self.top + Self.side, to: Self.top)

    var drawing: HTML {
        HTML([axes, band, diagonal, points, histogram])
    }

    private var axes: HTML {
        let bottom = Self.histogramTop + Self.histogramHeight
        let ticks = stride(from: 0.0, through: 1, by: 0.2).map { value -> HTML in
            let text =
                value == 0 || value > 0.99
                ? "\(Int(value.rounded()))" : "\(NumberText.number(value, decimals: 1))"
            return """
                <line class="grid" x1="\(x.place(0))" x2="\(x.place(1))" y1="\(y.place(value))" \
                y2="\(y.place(value))"/>\
                <text class="e" x="\(Self.left - 8)" y="\(y.place(value) + 4)">\(text)</text>\
                <line class="grid" y1="\(y.place(0))" y2="\(y.place(1))" x1="\(x.place(value))" \
                x2="\(x.place(value))"/>\
                <text class="m" x="\(x.place(value))" y="\(bottom + 16)">\(text)</text>
                """
        }
        return """
            \(HTML(ticks))
            <text class="ink" x="8" y="\(Self.top - 18)">Share that happened</text>
            <text class="m ink" x="\(x.place(0.5))" y="\(bottom + 36)">Score</text>
            """
    }

    /// Where calibrated scores would put their points.
    private var band: HTML {
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
        return "<polygon class=\"band\" points=\"\(Place.line(upper + lower))\"/>"
    }

    private var diagonal: HTML {
        """
        <line class="level" x1="\(x.place(0))" y1="\(y.place(0))" x2="\(x.place(1))" \
        y2="\(y.place(1))"/>\
        <text class="e" x="\(x.place(0.985))" y="\(y.place(0.76))">calibrated</text>
        """
    }

    private var points: HTML {
        let style = SeriesStyle(index: 0)
        let places = bins.map { (x: x.place($0.meanScore), y: y.place($0.observed)) }
        let marks = zip(bins, places).map { bin, place -> HTML in
            """
            <line class="whisker sa" x1="\(place.x)" x2="\(place.x)" y1="\(y.place(bin.observedLow))" \
            y2="\(y.place(bin.observedHigh))"/>\(style.mark(place.x, place.y, isHollow: false))
            """
        }
        return "<polyline class=\"line sa\" points=\"\(Place.line(places))\"/>\(marks)"
    }

    private var histogram: HTML {
        let largest = Double(bins.map(\.n).max() ?? 1)
        let bottom = Self.histogramTop + Self.histogramHeight
        let bars = bins.map { bin -> HTML in
            let height = Self.histogramHeight * Double(bin.n) / max(1, largest)
            let width = max(1, x.place(bin.high) - x.place(bin.low) - 2)
            return """
                <rect class="bars" x="\(x.place(bin.low) + 1)" y="\(bottom - height)" width="\(width)" \
                height="\(height)"/>
                """
        }
        return """
            \(HTML(bars))<line class="axis" x1="\(x.place(0))" x2="\(x.place(1))" y1="\(bottom)" \
            y2="\(bottom)"/>\
            <text x="\(x.place(1) + 10)" y="\(Self.histogramTop + 12)">most in a bin:</text>\
            <text x="\(x.place(1) + 10)" y="\(Self.histogramTop + 28)">\(NumberText.count(Int(largest)))</text>
            """
    }
}
