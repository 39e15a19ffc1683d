/// Reads decimal numbers from bytes, correctly rounded to the nearest `Double`.
///
/// The spelling is that of JSON, and further a leading `+` and a missing digit before or after the
/// point: `0.37`, `1e0`, `-12`, `.5`. Whatever is no finite number is refused with its own reason.
enum DecimalParser {
    enum Failure: Error, Equatable {
        case empty
        case notANumber
        case decimalComma
        case notFinite
        case outOfRange
    }

    static func parse(
        _ bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int
    ) throws(Failure) -> Double {
        var position = start
        guard position < end else { throw .empty }
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }

        var significand: UInt64 = 0
        var exponent = 0
        let firstDigit = position
        while position < end, let digit = digitValue(bytes[position]) {
            // Wraps for numbers of 20 digits and more, which take the slow way below.
            significand = significand &* 10 &+ digit
            position += 1
        }
        var digitCount = position - firstDigit
        if position < end, bytes[position] == UInt8(ascii: ".") {
            position += 1
            let firstDecimal = position
            while position < end, let digit = digitValue(bytes[position]) {
                significand = significand &* 10 &+ digit
                position += 1
            }
            exponent = firstDecimal - position
            digitCount += position - firstDecimal
        }
        guard digitCount > 0 else { throw classify(bytes, start, end) }
        if position < end {
            guard let scale = scientificExponent(bytes, from: position, to: end) else {
                throw classify(bytes, start, end)
            }
            exponent += scale
        }

        if digitCount > 19 || exponent < -22 || exponent > 22 {
            return try slow(bytes, start, end)
        }
        let magnitude: Double
        if significand <= 1 << 53 {
            // Both operands are exact, so that one operation rounds correctly.
            let power = powersOfTen[abs(exponent)]
            magnitude =
                exponent < 0 ? Double(significand) / power : Double(significand) * power
        } else if exponent <= 0, exponent >= -19 {
            magnitude = quotient(significand, integerPowersOfTen[-exponent])
        } else {
            return try slow(bytes, start, end)
        }
        return isNegative ? -magnitude : magnitude
    }

    private static func digitValue(_ byte: UInt8) -> UInt64? {
        let digit = byte &- UInt8(ascii: "0")
        return digit <= 9 ? UInt64(digit) : nil
    }

    /// The number after `e`, held within ±100,000, or nil where the bytes are no such part.
    private static func scientificExponent(
        _ bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int
    ) -> Int? {
        var position = start
        guard bytes[position] | 0x20 == UInt8(ascii: "e") else { return nil }
        position += 1
        guard position < end else { return nil }
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }
        guard position < end else { return nil }
        var scale = 0
        while position < end {
            guard let digit = digitValue(bytes[position]) else { return nil }
            scale = min(scale * 10 + Int(digit), 100_000)
            position += 1
        }
        return isNegative ? -scale : scale
    }

    /// The correctly rounded quotient of two integers, by one division of 128 by 64 bits.
    private static func quotient(_ numerator: UInt64, _ denominator: UInt64) -> Double {
        let numeratorShift = numerator.leadingZeroBitCount
        let denominatorShift = denominator.leadingZeroBitCount
        let high = (numerator << UInt64(numeratorShift)) >> 1
        let low = (numerator << UInt64(numeratorShift)) << 63
        // 63 or 64 bits of quotient: more than the 53 of a Double, and the remainder settles ties.
        var (bits, remainder) = (denominator << UInt64(denominatorShift))
            .dividingFullWidth((high, low))
        if remainder != 0 { bits |= 1 }
        // The lowest bit lies below the rounding position, so that or-ing into it is safe.
        let scale = denominatorShift - numeratorShift - 63
        return Double(bits) * Double(sign: .plus, exponent: scale, significand: 1)
    }

    private static func slow(
        _ bytes: borrowing Span<UInt8>,
        _ start: Int,
        _ end: Int
    ) throws(Failure) -> Double {
        guard let number = Double(UTF8Text.text(bytes, from: start, to: end)) else {
            throw .notANumber
        }
        guard number.isFinite else { throw .outOfRange }
        return number
    }

    private static func classify(
        _ bytes: borrowing Span<UInt8>,
        _ start: Int,
        _ end: Int
    ) -> Failure {
        let spelling = UTF8Text.text(bytes, from: start, to: end).lowercased()
        let unsigned = spelling.drop { $0 == "-" || $0 == "+" }
        if ["nan", "inf", "infinity"].contains(unsigned) { return .notFinite }
        let parts = spelling.split(separator: ",", omittingEmptySubsequences: false)
        if parts.count == 2, Double(parts.joined(separator: ".")) != nil { return .decimalComma }
        return .notANumber
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    private static let integerPowersOfTen: [UInt64] = (0...19).map { exponent in
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}
