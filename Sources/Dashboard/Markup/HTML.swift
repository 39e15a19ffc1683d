package import Evaluation

/// Markup that is safe by the way it is written: literals are markup, and what is interpolated into them is text
/// and escaped, unless it is markup itself.
///
/// Everything written here is also well-formed XML, so that drawings can be files of their own.
package struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    package private(set) var text: String

    package static let empty: HTML = ""

    private init(markup: String) {
        text = markup
    }

    /// The rules of a stylesheet of this target, which have no character that markup escapes.
    init(rules: String) {
        precondition(!rules.contains { "<&".contains($0) }, "Rules have no markup.")
        text = rules
    }

    package init(stringLiteral markup: StaticString) {
        text = "\(markup)"
    }

    package init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
    }

    /// The parts one after the other, with markup between them.
    package init(_ parts: some Sequence<HTML>, separator: HTML = "\n") {
        text = parts.map(\.text).joined(separator: separator.text)
    }

    package static func + (left: HTML, right: HTML) -> HTML {
        HTML(markup: left.text + right.text)
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            text += "\(literal)"
        }

        package mutating func appendInterpolation(_ value: some StringProtocol) {
            text += Escaping.escaped(value)
        }

        package mutating func appendInterpolation(_ name: Name) { appendInterpolation(name.text) }

        package mutating func appendInterpolation(_ number: Int) { text += "\(number)" }

        package mutating func appendInterpolation(_ markup: HTML) { text += markup.text }

        package mutating func appendInterpolation(_ markup: HTML?) {
            if let markup { text += markup.text }
        }

        package mutating func appendInterpolation(_ parts: [HTML]) {
            for part in parts { text += part.text }
        }
    }
}

/// How text is written where markup is read.
enum Escaping {
    /// The text with nothing in it that ends a text or a quoted attribute, and without characters that XML does not
    /// have or that turn the order of what follows.
    static func escaped(_ text: some StringProtocol) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\t", "\n": escaped.unicodeScalars.append(scalar)
            case _ where isUnfit(scalar): escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
