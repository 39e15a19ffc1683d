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
        var invalid: UInt64 = 0
        func digits(_ offset: Int, _ count: Int, _ bytes: borrowing Span<UInt8>) -> UInt64 {
            var bits: UInt64 = 0
            for index in start + offset..<start + offset + count {
                let value = hexadecimalValue(bytes[index])
                invalid |= value
                bits = bits << 4 | value
            }
            return bits
        }
        let high = digits(0, 8, bytes) << 32 | digits(9, 4, bytes) << 16 | digits(14, 4, bytes)
        let low = digits(19, 4, bytes) << 48 | digits(24, 12, bytes)
        return invalid > 15 ? nil : (high, low)
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

    /// 0 to 15, or a number above for a byte that is no hexadecimal digit.
    private static func hexadecimalValue(_ byte: UInt8) -> UInt64 {
        let digit = byte &- UInt8(ascii: "0")
        if digit <= 9 { return UInt64(digit) }
        let letter = (byte | 0x20) &- UInt8(ascii: "a")
        return letter <= 5 ? UInt64(letter) + 10 : 16
    }
}
