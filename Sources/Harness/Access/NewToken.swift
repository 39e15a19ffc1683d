import Crypto

/// A token as its bearer sends it: shown once, when it is made.
package struct NewToken: Sendable {
    package let text: String

    package static let prefix = "gnm_"
    private static let byteCount = 32

    /// Makes a token of 256 random bits.
    package init() {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<Self.byteCount).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
        text = Self.prefix + Self.urlText(bytes)
    }

    /// SHA-256 of a token: all that is stored of it.
    ///
    /// A fast hash is enough, because nobody can try 2²⁵⁶ tokens.
    package static func digest(of text: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(text.utf8)))
    }

    /// Base64 without padding, in the alphabet of URLs.
    private static func urlText(_ bytes: [UInt8]) -> String {
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
        )
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let padded = Array(group) + [UInt8](repeating: 0, count: 3 - group.count)
            let bits = padded.reduce(0) { $0 << 8 | Int($1) }
            for digit in 0...group.count {
                text.append(alphabet[bits >> (18 - 6 * digit) & 63])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
