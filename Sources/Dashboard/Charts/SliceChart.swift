import Evaluation
import Presentation

/// A metric by slice: a row for each, with the models' points and intervals on one scale.
struct SliceChart: Chart {
    struct Row: Sendable {
        var key: String
        var value: String
        var estimates: [MetricEstimate?]

        /// The name as far as there is room for it: of a key less is shown than of what tells slices apart.
        func name(to most: Int) -> String {
            let room = most - value.count - 1
            guard key.count > room else { return "\(key)=\(value)" }
            return room > 2
                ? "\(key.prefix(room - 1))…=\(value)" : EndLabels.shortened(value, to: most)
        }
    }

    var id: String
    var title: String
    var models: [Name]
    var rows: [Row]
    /// The first model on all traffic.
    var overall: Double?

    private static let top = 52.0

    var wideSheet: Sheet { Sheet(width: 760, left: 170, right: 640, isNarrow: false) }

    /// Names of rows stand beside the field, or above their marks where there is no room for that.
    private func step(_ sheet: Sheet) -> Double {
        let marks = 7 * Double(models.count)
        return sheet.isNarrow ? 26 + marks : max(26, 12 + marks)
    }

    private func bottom(_ sheet: Sheet) -> Double { Self.top + step(sheet) * Double(rows.count) }

    var keys: [ChartKey] {
        models.enumerated().map {
            ChartKey(name: $0.element.text, mark: .series(SeriesStyle(index: $0.offset)))
        }
    }

    func height(on sheet: Sheet) -> Double { bottom(sheet) + 28 }

    private func scale(_ sheet: Sheet) -> Scale {
        let left = sheet.isNarrow ? 10 : sheet.left
        let estimates = rows.flatMap(\.estimates).compactMap(\.self)
        let values = estimates.compactMap(\.value).filter(\.isFinite) + [overall].compactMap(\.self)
        guard let low = values.min(), let high = values.max() else {
            return Scale(0...1, from: left, to: sheet.right)
        }
        let room = max(high - low, 0.02 * max(abs(low), abs(high)))
        let floor = low >= 0 ? max(0, low - room) : low - room
        let limits = (estimates.compactMap(\.low) + estimates.compactMap(\.high)).filter(\.isFinite)
            .map { min(max($0, floor), high + room) }
        return Scale(values + limits, from: left, to: sheet.right)
    }

    func drawing(on sheet: Sheet) -> HTML {
        let x = scale(sheet)
        let bottom = bottom(sheet)
        let decimals = x.decimals()
        let most = sheet.isNarrow ? 4 : 6
        let grid = x.ticks(most).map { value -> HTML in
            """
            <line class="grid" x1="\(x.place(value))" x2="\(x.place(value))" y1="\(Self.top - 6)" \
            y2="\(bottom)"/>
            """
        }
        let ticks = x.ticks(most).map {
            (x: x.place($0), text: NumberText.number($0, decimals: decimals))
        }
        let axis = Sheet(
            width: sheet.width,
            left: x.start,
            right: x.end,
            isNarrow: sheet.isNarrow
        )
        return HTML([
            Plot.title(title), sheet.isNarrow ? .empty : names(sheet), HTML(grid), level(x, bottom),
            HTML(rows.enumerated().map { row($0.element, $0.offset, x, sheet) }),
            AxisTicks(sheet: axis).html(ticks, below: bottom),
        ])
    }

    private func level(_ x: Scale, _ bottom: Double) -> HTML {
        guard let overall else { return .empty }
        let place = x.place(overall)
        let side: HTML = place < x.start + 30 ? "" : place > x.end - 30 ? "e" : "m"
        return """
            <line class="level" x1="\(place)" x2="\(place)" y1="\(Self.top - 6)" y2="\(bottom)"/>\
            <text class="\(side)" x="\(place)" y="\(Self.top - 12)">all traffic</text>
            """
    }

    private func names(_ sheet: Sheet) -> HTML {
        let labels = models.enumerated().map {
            EndLabels.Label(
                text: $0.element.text,
                y: Self.top + 8 + 18 * Double($0.offset),
                style: SeriesStyle(index: $0.offset)
            )
        }
        return EndLabels.html(labels, within: Self.top...Double.infinity, on: sheet)
    }

    private func row(_ row: Row, _ index: Int, _ x: Scale, _ sheet: Sheet) -> HTML {
        let top = Self.top + step(sheet) * Double(index)
        let middle = top + step(sheet) / 2 + (sheet.isNarrow ? 8 : 0)
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
        let name: HTML =
            sheet.isNarrow
            ? """
            <text class="ink over" x="4" y="\(top + 13)">\(row.name(to: 44))</text>
            """
            : """
            <text class="e ink" x="\(sheet.left - 12)" y="\(middle + 4)">\
            \(row.name(to: 22))</text>
            """
        return "\(name)\(marks)"
    }
}
