/// What a row says of a feature: a number or a text.
///
/// Texts are equal, and sorted, by their UTF-8 bytes: nothing is normalised.
public enum FeatureValue: Sendable {
    /// A number; one that is not finite, or of a magnitude above 1e60, counts as missing.
    case number(Double)
    /// A level of a category.
    case level(String)

    /// The value, without the sign of 0; `nil` if it counts as missing.
    var known: FeatureValue? {
        guard case .number(let number) = self else { return self }
        return abs(number) <= Checks.largest ? .number(number + 0) : nil
    }
}

extension FeatureValue: Hashable {
    /// Whether two values are the same number, or the same bytes.
    public static func == (one: FeatureValue, other: FeatureValue) -> Bool {
        switch (one, other) {
        case (.number(let one), .number(let other)): one == other
        case (.level(let one), .level(let other)):
            // Texts that differ as characters do so as bytes, which is found out sooner.
            one == other && one.utf8.elementsEqual(other.utf8)
        default: false
        }
    }
}

extension FeatureValue: Comparable {
    /// Whether a value comes before another: numbers come before levels.
    public static func < (one: FeatureValue, other: FeatureValue) -> Bool {
        switch (one, other) {
        case (.number(let one), .number(let other)): one < other
        case (.level(let one), .level(let other)): one.utf8.lexicographicallyPrecedes(other.utf8)
        case (.number, .level): true
        case (.level, .number): false
        }
    }
}
