package import Evaluation

/// A slice as options and queries give it: `country=DE`.
package enum SliceText {
    /// - Parameter text: `country=DE`.
    /// - Returns: The slice.
    /// - Throws: `TextError` that says what is allowed.
    package static func slice(_ text: String) throws -> Slice {
        guard let equals = text.unicodeScalars.firstIndex(of: "="), equals != text.startIndex else {
            throw TextError("Write its key and value, such as country=DE.")
        }
        return Slice(
            key: Name(text[..<equals]),
            value: Name(text[text.index(after: equals)...])
        )
    }
}
