/// Splits CSV bytes into rows and fields as RFC 4180 says.
///
/// Fields are separated by commas, rows end with LF or CRLF or the input. A field that begins with a
/// quote ends with one; within it, commas and line ends are text and two quotes mean one. Spaces are
/// text. A quote within a field that does not begin with one breaks the row.
struct CSVScanner: Sendable {
    enum Outcome: Equatable {
        /// A row whose bytes end at `end`, before its line end; the next row begins at `next`.
        case row(end: Int, next: Int)
        /// The bytes end before the row does.
        case incomplete
        case broken(Flaw)
    }

    enum Flaw: Equatable {
        case quoteInsideField
        case textAfterQuote
        case unclosedQuote
    }

    /// The fields of the last row, in order.
    private(set) var fields: [Field] = []
    /// The text of the fields where doubled quotes had to be undone; otherwise fields point into the
    /// bytes that were scanned.
    private(set) var unescaped: [UInt8] = []
    private(set) var isUnescaped = false
    /// How many line ends the quoted fields of the last row hold.
    private(set) var innerLines = 0
    /// Whether the last row has a byte above 0x7F, so that it may not be valid UTF-8.
    private(set) var hasNonASCII = false
    private(set) var hasZeroByte = false

    /// Scans one row from `start`; `isLast` says that nothing follows the bytes up to `end`.
    mutating func scan(
        _ bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int,
        isLast: Bool
    ) -> Outcome {
        fields.removeAll(keepingCapacity: true)
        (isUnescaped, innerLines, hasNonASCII, hasZeroByte) = (false, 0, false, false)
        var position = start
        var fieldStart = start
        while position < end {
            let byte = bytes[position]
            // One comparison for the bytes that most files are made of: - . / 0-9 : A-Z a-z and more.
            if byte &- 0x2D < 0x53 {
                position += 1
                continue
            }
            switch byte {
            case Self.comma:
                append(fieldStart, position)
                position += 1
                fieldStart = position
            case Self.lineFeed:
                let rowEnd = endOfText(bytes, fieldStart, position)
                append(fieldStart, rowEnd)
                finish(bytes)
                return .row(end: rowEnd, next: position + 1)
            case Self.quote:
                guard position == fieldStart else { return .broken(.quoteInsideField) }
                switch scanQuoted(bytes, from: position + 1, to: end, isLast: isLast) {
                case .closed(let after, let hasDoubledQuotes):
                    append(fieldStart + 1, after - 1)
                    if hasDoubledQuotes { isUnescaped = true }
                    var separator = after
                    if separator < end, bytes[separator] == Self.carriageReturn { separator += 1 }
                    if separator == end {
                        guard isLast else { return .incomplete }
                        finish(bytes)
                        return .row(end: after, next: end)
                    }
                    if bytes[separator] == Self.lineFeed {
                        finish(bytes)
                        return .row(end: after, next: separator + 1)
                    }
                    guard separator == after, bytes[separator] == Self.comma else {
                        return .broken(.textAfterQuote)
                    }
                    position = separator + 1
                    fieldStart = position
                case .incomplete: return .incomplete
                case .unclosed: return .broken(.unclosedQuote)
                }
            default:
                if byte >= 0x80 { hasNonASCII = true }
                if byte == 0 { hasZeroByte = true }
                position += 1
            }
        }
        guard isLast else { return .incomplete }
        let rowEnd = endOfText(bytes, fieldStart, end)
        append(fieldStart, rowEnd)
        finish(bytes)
        return .row(end: rowEnd, next: end)
    }

    /// The fields of the last row as texts.
    ///
    /// - Parameter bytes: What the fields point into: the bytes scanned, or `unescaped`.
    /// - Returns: One text a field.
    func texts(in bytes: borrowing Span<UInt8>) -> [String] {
        var texts: [String] = []
        for field in fields { texts.append(UTF8Text.text(bytes, from: field.from, to: field.to)) }
        return texts
    }

    private enum QuotedOutcome {
        /// `after` is the position behind the closing quote.
        case closed(after: Int, hasDoubledQuotes: Bool)
        case incomplete
        case unclosed
    }

    private mutating func scanQuoted(
        _ bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int,
        isLast: Bool
    ) -> QuotedOutcome {
        var position = start
        var hasDoubledQuotes = false
        while position < end {
            let byte = bytes[position]
            position += 1
            switch byte {
            case Self.quote:
                if position == end {
                    return isLast
                        ? .closed(after: position, hasDoubledQuotes: hasDoubledQuotes) : .incomplete
                }
                guard bytes[position] == Self.quote else {
                    return .closed(after: position, hasDoubledQuotes: hasDoubledQuotes)
                }
                hasDoubledQuotes = true
                position += 1
            case Self.lineFeed: innerLines += 1
            case 0: hasZeroByte = true
            case 0x80...: hasNonASCII = true
            default: break
            }
        }
        return isLast ? .unclosed : .incomplete
    }

    /// The end of a row's text: a carriage return before the line end belongs to the line end.
    private func endOfText(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        end > start && bytes[end - 1] == Self.carriageReturn ? end - 1 : end
    }

    private mutating func append(_ start: Int, _ end: Int) {
        fields.append(
            Field(
                start: Int32(truncatingIfNeeded: start),
                end: Int32(truncatingIfNeeded: end),
                kind: .text
            )
        )
    }

    /// Copies all fields of a row with doubled quotes, so that each is contiguous text.
    private mutating func finish(_ bytes: borrowing Span<UInt8>) {
        guard isUnescaped else { return }
        unescaped.removeAll(keepingCapacity: true)
        for index in fields.indices {
            let field = fields[index]
            let start = unescaped.count
            var position = field.from
            while position < field.to {
                unescaped.append(bytes[position])
                // Quotes come in pairs here, and only in fields that were quoted.
                position += bytes[position] == Self.quote ? 2 : 1
            }
            fields[index] = Field(
                start: Int32(truncatingIfNeeded: start),
                end: Int32(truncatingIfNeeded: unescaped.count),
                kind: .text
            )
        }
    }

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}
