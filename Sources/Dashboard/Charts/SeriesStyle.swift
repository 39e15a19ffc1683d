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
