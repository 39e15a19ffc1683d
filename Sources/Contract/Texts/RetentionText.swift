/// How long rows are kept: `400d`, or `none` for ever.
package struct RetentionText: Sendable {
    /// `nil` for ever.
    package var seconds: Int64?

    package init(seconds: Int64?) {
        self.seconds = seconds
    }

    /// - Parameter text: `none`, or a duration.
    /// - Throws: `TextError` that says what is allowed.
    package init(_ text: String) throws {
        guard text != Self.forever else { return }
        do {
            seconds = try DurationText.seconds(text)
        } catch is TextError {
            throw TextError("Write a whole number and s, m, h or d, such as 400d, or none.")
        }
    }

    package var text: String { seconds.map(DurationText.text) ?? Self.forever }

    private static let forever = "none"
}
