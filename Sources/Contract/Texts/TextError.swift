/// A text that does not say what was asked for.
package struct TextError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, and what is allowed: full sentences.
    package var message: String

    package init(_ message: String) {
        self.message = message
    }

    package var description: String { message }
}
