/// Why a text cannot be given as the name of a model, a version, a slice, a class or a source.
///
/// Names are read by people and typed by them: two that look the same should be the same. Letters and marks are
/// left alone, in every script. What shows nothing, or turns what follows, is refused.
package enum NameFault: Equatable, Sendable {
    case empty
    /// A blank at either end, of whatever kind.
    case blankAtEnd
    /// A character that cannot be seen: a control, a separator of lines, a sign of direction, a filler.
    case unseen(Unicode.Scalar)

    /// Nothing where the text can be given as a name.
    package init?(in text: String) {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last else {
            self = .empty
            return
        }
        if let unseen = scalars.first(where: Self.isUnseen) {
            self = .unseen(unseen)
        } else if Self.isBlank(first) || Self.isBlank(last) {
            self = .blankAtEnd
        } else {
            return nil
        }
    }

    /// What is wrong, after the words that say which name it is.
    package var reason: String {
        switch self {
        case .empty: "is empty; a name has at least one character."
        case .blankAtEnd: "begins or ends with a blank; leave the blank out."
        case .unseen(let scalar):
            "has the character \(Self.code(scalar)), which cannot be seen; leave it out."
        }
    }

    private static func code(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Also the joiners: they join what stands on both sides.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || joiners.contains(scalar)
    }

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: return true
        default: break
        }
        // The signs of interlinear annotation are not ignorable, and the blank of Braille is no white space.
        if annotations.contains(scalar) || scalar == "\u{2800}" { return true }
        return scalar.properties.isDefaultIgnorableCodePoint && !joiners.contains(scalar)
            && !scalar.properties.isVariationSelector
    }

    /// Persian, the scripts of India and many pictures cannot be written without them.
    private static let joiners: ClosedRange<Unicode.Scalar> = "\u{200C}"..."\u{200D}"
    private static let annotations: ClosedRange<Unicode.Scalar> = "\u{FFF9}"..."\u{FFFB}"
}
