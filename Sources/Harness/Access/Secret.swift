import Crypto

/// A text that nobody can guess.
package enum Secret {
    private static let byteCount = 32

    /// 256 random bits in the letters of URLs.
    package static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return urlText(bytes)
    }

    /// SHA-256 of a secret: all that is stored of it.
    ///
    /// A fast hash is enough, because nobody can try 2²⁵⁶ secrets.
    package static func digest(of text: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(text.utf8)))
    }

    /// A text that only who knows the secret can make, good for one purpose.
    package static func derived(from secret: String, purpose: String) -> String {
        let key = SymmetricKey(data: Array(secret.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array(purpose.utf8), using: key)
        return urlText(Array(code))
    }

    /// Compares in a time that does not depend on where the first difference is: looks at every byte.
    package static func areEqual(
        _ one: some Collection<UInt8>,
        _ other: some Collection<UInt8>
    ) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
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
