/// Emphasis on a terminal; none elsewhere, nor under NO_COLOR.
package struct TextStyle: Sendable {
    package let isOn: Bool

    package init(isOn: Bool) {
        self.isOn = isOn
    }

    package static let plain = TextStyle(isOn: false)

    package enum Emphasis: String, Sendable {
        case none = ""
        case heading = "1"
        case faint = "2"
        case good = "32"
        case warning = "33"
        case bad = "31"
    }

    package func apply(_ emphasis: Emphasis, to text: String) -> String {
        guard isOn, emphasis != .none, !text.isEmpty else { return text }
        return "\u{1B}[\(emphasis.rawValue)m\(text)\u{1B}[0m"
    }
}
