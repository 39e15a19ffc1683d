/// A token as its bearer sends it: shown once, when it is made.
package struct NewToken: Sendable {
    package let text: String

    package static let prefix = "gnm_"

    /// Makes a token of 256 random bits.
    package init() {
        text = Self.prefix + Secret.random()
    }

    /// SHA-256 of a token: all that is stored of it.
    package static func digest(of text: String) -> [UInt8] { Secret.digest(of: text) }
}
