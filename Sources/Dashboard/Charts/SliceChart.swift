import Evaluation
import Presentation

/// A metric by slice: a row for each, with the models' points and intervals on one scale.
struct SliceChart: Sendable {
    struct Row: Sendable {
        var name: String
        var estimates: [MetricEstimate?]
    }

    var id: String
    var title: String
    var models: [String]
    var rows: [Row]
    /// The first model on all traffic.
    var overall: Double?

    private static let left = 170.0
    private static let top = 52.0
    private static let step = 26.0

    var height: Double { Self.top + Self.step * Double(rows.count) + 40 }
    private var bottom: Double { Self.top + Self.step * Double(rows.count) }

    private var x: Scale {
        let estimates = rows.flatMap(\.estimates).compactMap(\.self)
        let values = estimates.compactMap(\.value).filter(\.isFinite) + [overall].compactMap(\.self)
        guard let low = values.min(), let high = values.max() else {
            return Scale(0...1, from: Self.left, to: Plot.right)
        }
        let room = max(high - low, 0.02 * max(abs(low), abs(high)))
        let floor = low >= 0 ? max(0, low - room) : low - room
        let limits = (estimates.compactMap(\.low) + estimates.compactMap(\.high)).filter(\.isFinite)
            .map { min(max($0, floor), high + room) }
        return Scale(values + limits, from: Self.left, to: Plot.right)
    }

    var drawing: HTML {
        let x = x
        let decimals = x.decimals()
        let ticks = x.ticks().map { value -> HTML in
            """
            <line class="grid" x1="\(x.place(value))" x2="\(x.place(value))" y1="\(Self.top - 6)" \
            y2="\(bottom)"/>\
            <text class="m" x="\(x.place(value))" y="\(bottom + 18)">\
            \(NumberText.number(value, decimals: decimals))</text>
            """
        }
        var line: HTML = .empty
        if let overall {
            line = """
                <line class="level" x1="\(x.place(overall))" x2="\(x.place(overall))" y1="\(Self.top - 6)" \
                y2="\(bottom)"/>\
                <text class="m" x="\(x.place(overall))" y="\(Self.top - 12)">all traffic</text>
                """
        }
        return HTML([
            "<text class=\"ink\" x=\"8\" y=\"20\">\(title)</text>", legend, HTML(ticks), line,
            HTML(rows.enumerated().map { row($0.element, $0.offset, x) }),
        ])
    }

    private var legend: HTML {
        HTML(
            models.enumerated().map { index, name in
                let style = SeriesStyle(index: index)
                let y = Self.top + 8 + 18 * Double(index)
                let text = name.count > 14 ? name.prefix(13) + "…" : name[...]
                return """
                    \(style.mark(Plot.right + 14, y, isHollow: false))\
                    <text class="strong \(style.fill)" x="\(Plot.right + 24)" y="\(y + 4)">\(text)</text>
                    """
            }
        )
    }

    private func row(_ row: Row, _ index: Int, _ x: Scale) -> HTML {
        let middle = Self.top + Self.step * (Double(index) + 0.5)
        let text = row.name.count > 24 ? row.name.prefix(23) + "…" : row.name[...]
        let marks = row.estimates.enumerated().compactMap { index, estimate -> HTML? in
            guard let value = estimate?.value, value.isFinite else { return nil }
            let style = SeriesStyle(index: index)
            let y = middle + 7 * (Double(index) - Double(row.estimates.count - 1) / 2)
            var whisker: HTML = .empty
            if let low = estimate?.low, let high = estimate?.high {
                whisker = """
                    <line class="whisker \(style.stroke)" x1="\(x.placeInside(low))" \
                    x2="\(x.placeInside(high))" y1="\(y)" y2="\(y)"/>
                    """
            }
            return "\(whisker)\(style.mark(x.place(value), y, isHollow: false))"
        }
        return """
            <text class="e ink" x="\(Self.left - 12)" y="\(middle + 4)">\(text)</text>\(marks)
            """
    }
}
