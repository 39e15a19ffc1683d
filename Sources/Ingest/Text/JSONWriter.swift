/// Writes a JSON object whose members are given in order, at most one object deep.
struct JSONWriter: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Whether an inner object is being written.
    private var isInner = false

    mutating func begin() {
        bytes.removeAll(keepingCapacity: true)
        isInner = false
    }

    /// Closes the object; false where it has no members, and no bytes.
    mutating func end() -> Bool {
        if bytes.isEmpty { return false }
        closeInner()
        bytes.append(UInt8(ascii: "}"))
        return true
    }

    /// Writes the name of the next value; see `name(_:)`.
    mutating func appendName(_ name: [UInt8]) {
        if bytes.isEmpty {
            bytes.append(UInt8(ascii: "{"))
        } else if bytes.last != UInt8(ascii: "{") {
            bytes.append(UInt8(ascii: ","))
        }
        bytes.append(contentsOf: name)
    }

    mutating func openInner(_ name: [UInt8]) {
        closeInner()
        appendName(name)
        bytes.append(UInt8(ascii: "{"))
        isInner = true
    }

    mutating func closeInner() {
        guard isInner else { return }
        bytes.append(UInt8(ascii: "}"))
        isInner = false
    }

    /// A key in quotes with its colon.
    static func name(_ key: String) -> [UInt8] {
        var writer = JSONWriter()
        let utf8 = Array(key.utf8)
        writer.appendText(utf8.span, Field(from: 0, to: utf8.count, kind: .text))
        return writer.bytes + [UInt8(ascii: ":")]
    }

    mutating func appendPlain(_ text: borrowing Span<UInt8>, _ field: Field) {
        bytes.append(text, from: field.from, to: field.to)
    }

    /// Writes a number: a whole one without a point, any other as Swift does.
    mutating func append(_ number: Double) {
        if number == number.rounded(), abs(number) < 1e15 {
            bytes.append(contentsOf: String(Int64(number)).utf8)
        } else {
            bytes.append(contentsOf: number.description.utf8)
        }
    }

    /// Writes a number as `append(_:)` does, but straight from its text, if it is a plain decimal:
    /// without exponent, with no zero before its first digit, and of at most 15 digits, so that the
    /// shortest text of its value is its own without the zeros at its end.
    ///
    /// - Returns: Whether it is such a number; otherwise nothing was written.
    mutating func appendPlainDecimal(
        _ text: borrowing Span<UInt8>,
        _ field: Field,
        isSigned: Bool
    ) -> Bool {
        let isNegative = field.count > 0 && text[field.from] == UInt8(ascii: "-")
        let first = field.from + (isNegative ? 1 : 0)
        guard isSigned || !isNegative, field.to > first, field.to - first <= 16 else {
            return false
        }
        var point: Int?
        var lastNonZero = first
        for position in first..<field.to {
            let byte = text[position]
            if byte == UInt8(ascii: ".") {
                if point != nil { return false }
                point = position
            } else if byte &- UInt8(ascii: "0") > 9 {
                return false
            } else if byte != UInt8(ascii: "0") {
                lastNonZero = position
            }
        }
        let integerEnd = point ?? field.to
        let hasLeadingZero = integerEnd - first > 1 && text[first] == UInt8(ascii: "0")
        guard integerEnd > first, integerEnd - first <= 15, !hasLeadingZero else { return false }
        var end = integerEnd
        if let point {
            guard point + 1 < field.to else { return false }
            if lastNonZero > point { end = lastNonZero + 1 }
        }
        // Swift writes numbers below 0.0001 with an exponent, and minus zero is no number here.
        if text[first] == UInt8(ascii: "0"), end > integerEnd || isNegative {
            guard end - first >= 3 else { return false }
            guard end - first <= 6 || !startsWithZeros(text, first + 2) else { return false }
        }
        if isNegative { bytes.append(UInt8(ascii: "-")) }
        bytes.append(text, from: first, to: end)
        return true
    }

    /// Whether four digits are zeros.
    private func startsWithZeros(_ text: borrowing Span<UInt8>, _ start: Int) -> Bool {
        for position in start..<start + 4 where text[position] != UInt8(ascii: "0") { return false }
        return true
    }

    mutating func appendText(_ text: borrowing Span<UInt8>, _ field: Field) {
        bytes.append(UInt8(ascii: "\""))
        var clean = field.from
        for position in field.from..<field.to {
            let byte = text[position]
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
            bytes.append(text, from: clean, to: position)
            appendEscaped(byte)
            clean = position + 1
        }
        bytes.append(text, from: clean, to: field.to)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        if byte >= 0x20 {
            bytes.append(byte)
        } else {
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            bytes.append(contentsOf: String(byte & 15, radix: 16).utf8)
        }
    }
}
