import Evaluation
import Presentation

/// The field of a drawing over time, with its axes.
struct Plot: Sendable {
    var sheet: Sheet
    var top: Double
    var bottom: Double
    var y: Scale
    var time: TimeAxis

    init(
        _ sheet: Sheet,
        top: Double,
        bottom: Double,
        y: Scale,
        over interval: Window,
        buckets: TimeBuckets
    ) {
        self.sheet = sheet
        self.top = top
        self.bottom = bottom
        self.y = y
        time = TimeAxis(interval, buckets: buckets, from: sheet.left, to: sheet.right)
    }

    /// What the values are, above all else on a drawing.
    static func title(_ text: String) -> HTML {
        "<text class=\"ink\" x=\"4\" y=\"14\">\(text)</text>"
    }

    /// Few lines across, with their values.
    func valueAxis(_ title: String) -> HTML {
        let decimals = y.decimals()
        let lines = y.ticks().map { value -> HTML in
            valueLine(y.place(value), NumberText.number(value, decimals: decimals))
        }
        return "\(Self.title(title))\(lines)"
    }

    func valueLine(_ place: Double, _ text: String) -> HTML {
        """
        <line class="grid" x1="\(sheet.left)" x2="\(sheet.right)" y1="\(place)" y2="\(place)"/>\
        <text class="e" x="\(sheet.left - 7)" y="\(place + 4)">\(text)</text>
        """
    }

    /// The dates, below a place.
    func timeAxis(below place: Double) -> HTML {
        let ticks = time.ticks(sheet.mostDates)
        return AxisTicks(sheet: sheet).html(
            ticks.map { (x: time.place($0.at), text: $0.text) },
            below: place
        )
    }

    /// What lies beyond the field is cut off.
    func clipped(_ id: String, _ content: HTML) -> HTML {
        let id = sheet.id(id, "field")
        return """
            <clipPath id="\(id)"><rect x="\(sheet.left)" y="\(top)" width="\(sheet.right - sheet.left)" \
            height="\(bottom - top)"/></clipPath><g clip-path="url(#\(id))">\(content)</g>
            """
    }

    /// Numbered flags at instants; those of nearly the same instant stand beside each other.
    func flags(_ instants: [Instant]) -> HTML {
        let order = instants.indices.sorted { instants[$0] < instants[$1] }
        let places = order.map { time.place(instants[$0]) }
        let apart = Spread.apart(places, by: 18, within: sheet.left...sheet.right)
        return HTML(
            order.indices.map { index in
                """
                <line class="mark-line" x1="\(places[index])" x2="\(places[index])" y1="\(top - 4)" \
                y2="\(bottom)"/>\
                <circle class="flag" cx="\(apart[index])" cy="\(top - 11)" r="8"/>\
                <text class="flag-text" x="\(apart[index])" y="\(top - 6.7)">\(order[index] + 1)</text>
                """
            }
        )
    }

    /// A line across at a value that matters; empty where that lies beyond the field.
    func level(_ value: Double, line: HTML = "level") -> HTML {
        guard shows(value) else { return .empty }
        let place = y.place(value)
        return """
            <line class="\(line)" x1="\(sheet.left)" x2="\(sheet.right)" y1="\(place)" y2="\(place)"/>
            """
    }

    /// The name of a level; `nil` where that lies beyond the field.
    func name(_ text: String, of value: Double) -> EndLabels.Label? {
        shows(value) ? EndLabels.Label(text: text, y: y.place(value)) : nil
    }

    private func shows(_ value: Double) -> Bool {
        (top - 1...bottom + 1).contains(y.place(value))
    }

    func names(_ labels: [EndLabels.Label?]) -> HTML {
        EndLabels.html(labels.compactMap(\.self), within: top...bottom, on: sheet)
    }
}

/// The line beneath a field with its ticks; texts that would overlap one before are left out.
struct AxisTicks: Sendable {
    var sheet: Sheet

    /// Of a character, on average.
    private static let characterWidth = 6.6

    func html(_ ticks: [(x: Double, text: String)], below place: Double) -> HTML {
        var end = -Double.infinity
        let marks = ticks.map { tick -> HTML in
            let width = Self.characterWidth * Double(tick.text.count)
            // What would reach beyond the sheet ends at its edge.
            let middle = min(tick.x, sheet.width - 2 - width / 2)
            var text: HTML = .empty
            if middle - width / 2 > end + 4 {
                end = middle + width / 2
                text = "<text class=\"m\" x=\"\(middle)\" y=\"\(place + 18)\">\(tick.text)</text>"
            }
            return """
                <line class="axis" x1="\(tick.x)" x2="\(tick.x)" y1="\(place)" y2="\(place + 4)"/>\(text)
                """
        }
        return """
            <line class="axis" x1="\(sheet.left)" x2="\(sheet.right)" y1="\(place)" y2="\(place)"/>\(marks)
            """
    }
}
