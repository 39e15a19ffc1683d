/// The canonical text form of a UUID: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
enum UUIDText {
    static let count = 36

    /// The 128 bits of the text that begins at `start`, or nil where it is no UUID.
    static func parse(
        _ bytes: borrowing Span<UInt8>,
        from start: Int
    ) -> (high: UInt64, low: UInt64)? {
        let hyphen = UInt8(ascii: "-")
        guard bytes[start + 8] == hyphen, bytes[start + 13] == hyphen,
            bytes[start + 18] == hyphen, bytes[start + 23] == hyphen
        else { return nil }
        let words = unsafe bytes.extracting(start..<start + count).withUnsafeBytes { text in
            func four(_ offset: Int) -> UInt64 {
                UInt64(
                    unsafe text.loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian
                )
            }
            return (
                four(0) | four(4) << 32, four(9) | four(14) << 32, four(19) | four(24) << 32,
                four(28) | four(32) << 32
            )
        }
        guard let first = bits(words.0), let second = bits(words.1), let third = bits(words.2),
            let fourth = bits(words.3)
        else { return nil }
        return (first << 32 | second, third << 32 | fourth)
    }

    /// The value of eight hexadecimal digits, the first in the lowest byte, or nil where one is none.
    ///
    /// All eight are handled at once. A sum with 0x80 − c sets the highest bit of each byte that is at
    /// least c, and cannot carry, because no byte is above 0x7F.
    private static func bits(_ text: UInt64) -> UInt64? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highest = ones << 7
        func isAtLeast(_ bound: UInt64, _ word: UInt64) -> UInt64 { word &+ (0x80 - bound) * ones }
        guard text & highest == 0 else { return nil }
        let lower = text | ones << 5
        let isDigit = isAtLeast(0x30, text) & ~isAtLeast(0x3A, text)
        let isLetter = isAtLeast(0x61, lower) & ~isAtLeast(0x67, lower)
        guard (isDigit | isLetter) & highest == highest else { return nil }
        // The low half of a digit is its value, that of a letter its value less 9; bit 6 tells which.
        var bits = (text & (ones &* 0x0F)) &+ ((text >> 6) & ones) &* 9
        bits = bits.byteSwapped
        bits = (bits | bits >> 4) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits >> 8) & 0x0000_FFFF_0000_FFFF
        return (bits | bits >> 16) & 0xFFFF_FFFF
    }

    /// The text of 128 bits, in lower case.
    static func format(high: UInt64, low: UInt64) -> String {
        var text = ""
        for position in 0..<32 {
            if [8, 12, 16, 20].contains(position) { text += "-" }
            let word = position < 16 ? high : low
            text += String(word >> UInt64(60 - position % 16 * 4) & 15, radix: 16)
        }
        return text
    }
}
