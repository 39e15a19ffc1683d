import Evaluation
import Presentation

/// The field of a drawing over time, with its axes.
struct Plot: Sendable {
    /// The size of drawings over time.
    static let width = 760.0
    static let left = 56.0
    static let right = 640.0

    var top: Double
    var bottom: Double
    var y: Scale
    var time: TimeAxis

    /// Few lines across, with their values.
    func valueAxis(_ title: String, percent: Bool = false) -> HTML {
        let decimals = y.decimals()
        let lines = y.ticks().map { value -> HTML in
            let place = y.place(value)
            let text =
                percent
                ? "\(Int((100 * value).rounded())) %" : NumberText.number(value, decimals: decimals)
            return """
                <line class="grid" x1="\(Self.left)" x2="\(Self.right)" y1="\(place)" y2="\(place)"/>\
                <text class="e" x="\(Self.left - 8)" y="\(place + 4)">\(text)</text>
                """
        }
        return "<text class=\"ink\" x=\"8\" y=\"\(top - 14)\">\(title)</text>\(lines)"
    }

    /// The dates, below a place.
    func timeAxis(below place: Double) -> HTML {
        let ticks = time.ticks().map { tick -> HTML in
            let x = time.place(tick.at)
            return """
                <line class="axis" x1="\(x)" x2="\(x)" y1="\(place)" y2="\(place + 4)"/>\
                <text class="m" x="\(x)" y="\(place + 18)">\(tick.text)</text>
                """
        }
        return """
            <line class="axis" x1="\(Self.left)" x2="\(Self.right)" y1="\(place)" y2="\(place)"/>\
            \(ticks)
            """
    }

    /// What lies beyond the field is cut off.
    func clipped(_ id: String, _ content: HTML) -> HTML {
        """
        <clipPath id="\(id)"><rect x="\(Self.left)" y="\(top)" width="\(Self.right - Self.left)" \
        height="\(bottom - top)"/></clipPath><g clip-path="url(#\(id))">\(content)</g>
        """
    }

    /// A numbered flag at an instant.
    func flag(_ number: Int, at instant: Instant) -> HTML {
        let x = time.place(instant)
        return """
            <line class="mark-line" x1="\(x)" x2="\(x)" y1="\(top - 4)" y2="\(bottom)"/>\
            <circle class="flag" cx="\(x)" cy="\(top - 10)" r="8"/>\
            <text class="flag-text" x="\(x)" y="\(top - 6.5)">\(number)</text>
            """
    }

    /// A value with its name at the right.
    func level(_ value: Double, _ name: String, line: HTML = "level") -> HTML {
        let place = y.place(value)
        guard place >= top - 1, place <= bottom + 1 else { return .empty }
        return """
            <line class="\(line)" x1="\(Self.left)" x2="\(Self.right)" y1="\(place)" y2="\(place)"/>\
            <text x="\(Self.right + 8)" y="\(place + 4)">\(name)</text>
            """
    }
}

/// Marks by which lines are told apart: a colour, a pattern of the line, and a shape.
struct SeriesStyle: Sendable {
    let index: Int

    static let count = 4

    private var letter: HTML { [HTML("a"), "b", "c", "d"][index % Self.count] }

    var stroke: HTML { "s\(letter)" }
    var fill: HTML { "f\(letter)" }

    func mark(_ x: Double, _ y: Double, isHollow: Bool) -> HTML {
        let look: HTML = isHollow ? "hollow \(stroke)" : fill
        switch index % Self.count {
        case 0: return "<circle class=\"\(look)\" cx=\"\(x)\" cy=\"\(y)\" r=\"3.5\"/>"
        case 1:
            return """
                <rect class="\(look)" x="\(x - 3.2)" y="\(y - 3.2)" width="6.4" height="6.4"/>
                """
        case 2:
            return """
                <path class="\(look)" d="M\(x) \(y - 4.5)L\(x + 4.2) \(y + 3)L\(x - 4.2) \(y + 3)z"/>
                """
        default:
            return """
                <path class="\(look)" d="M\(x) \(y - 4.6)L\(x + 4.6) \(y)L\(x) \(y + 4.6)L\(x - 4.6) \(y)z"/>
                """
        }
    }
}

/// Names beside the ends of lines, moved apart where they would overlap.
enum EndLabels {
    struct Label {
        var text: String
        var y: Double
        var style: SeriesStyle
    }

    static let distance = 15.0

    static func placed(_ labels: [Label], within range: ClosedRange<Double>) -> [Label] {
        var placed = labels.sorted { $0.y < $1.y }
        for index in placed.indices.dropFirst() {
            placed[index].y = max(placed[index].y, placed[index - 1].y + distance)
        }
        let excess = (placed.last?.y ?? 0) - range.upperBound
        if excess > 0 { for index in placed.indices { placed[index].y -= excess } }
        return placed
    }

    static func html(_ labels: [Label], within range: ClosedRange<Double>) -> HTML {
        HTML(
            placed(labels, within: range).map { label in
                let text = label.text.count > 14 ? label.text.prefix(13) + "…" : label.text[...]
                return """
                    \(label.style.mark(Plot.right + 12, label.y, isHollow: false))\
                    <text class="strong \(label.style.fill)" x="\(Plot.right + 22)" y="\(label.y + 4)">\
                    \(text)</text>
                    """
            }
        )
    }
}
