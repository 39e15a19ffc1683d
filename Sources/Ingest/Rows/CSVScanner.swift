/// Splits CSV bytes into rows and fields as RFC 4180 says.
///
/// Fields are separated by commas, rows end with LF or CRLF or the input. Blanks, that is spaces and tabs, at
/// the ends of a field do not belong to it. A field that begins with a quote ends with one; within it, blanks,
/// commas and line ends are text and two quotes mean one. A quote within a field that does not begin with one
/// breaks the row.
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

    /// The fields of the last row in order, as far as there is room for them; what follows them means
    /// nothing.
    private(set) var fields: [Field]
    /// How many fields the last row has.
    var fieldCount: Int { content.fieldCount }
    /// The text of the fields where doubled quotes had to be undone; otherwise fields point into the
    /// bytes that were scanned.
    private(set) var unescaped: [UInt8] = []
    private(set) var isUnescaped = false
    /// What was seen in the last row.
    private(set) var content = Content()

    struct Content: Sendable {
        var fieldCount = 0
        /// How many line ends the quoted fields hold.
        var innerLines = 0
        /// Whether there is a byte above 0x7F, so that the row may not be valid UTF-8.
        var hasNonASCII = false
        var hasZeroByte = false
        var hasDoubledQuotes = false
    }

    /// - Parameter limits: Rows with more fields than the columns allowed are counted right, but their
    ///   last fields are not kept.
    init(limits: IngestLimits) {
        fields = Array(repeating: .missing, count: limits.columns + 1)
    }

    /// Scans one row from `start`; `isLast` says that nothing follows the bytes up to `end`.
    mutating func scan(
        _ bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int,
        isLast: Bool
    ) -> Outcome {
        var content = Content()
        var output = fields.mutableSpan
        let outcome = Self.scan(bytes, start, end, isLast, &output, &content)
        self.content = content
        isUnescaped = content.hasDoubledQuotes
        if isUnescaped, case .row = outcome { unescape(bytes) }
        return outcome
    }

    /// The fields of the last row as texts.
    ///
    /// - Parameter bytes: What the fields point into: the bytes scanned, or `unescaped`.
    /// - Returns: One text a field.
    func texts(in bytes: borrowing Span<UInt8>) -> [String] {
        var texts: [String] = []
        for field in fields.prefix(fieldCount) {
            texts.append(UTF8Text.text(bytes, from: field.from, to: field.to))
        }
        return texts
    }

    private static func scan(
        _ bytes: borrowing Span<UInt8>,
        _ start: Int,
        _ end: Int,
        _ isLast: Bool,
        _ output: inout MutableSpan<Field>,
        _ content: inout Content
    ) -> Outcome {
        precondition(end <= bytes.count, "The scan must stay within the bytes.")
        var position = start
        var fieldStart = start
        while position < end {
            let byte = unsafe bytes[unchecked: position]
            // One comparison for the bytes that most files are made of: - . / 0-9 : A-Z a-z and more.
            if byte &- 0x2D < 0x53 {
                position += 1
                continue
            }
            switch byte {
            case comma:
                appendTrimmed(bytes, fieldStart, position, &output, &content)
                position += 1
                fieldStart = position
            case lineFeed:
                let rowEnd = endOfText(bytes, fieldStart, position)
                appendTrimmed(bytes, fieldStart, rowEnd, &output, &content)
                return .row(end: rowEnd, next: position + 1)
            case quote:
                guard endOfBlanks(bytes, fieldStart, position) == position else {
                    return .broken(.quoteInsideField)
                }
                let close = closingQuote(bytes, from: position + 1, to: end, isLast, &content)
                guard let close else { return isLast ? .broken(.unclosedQuote) : .incomplete }
                append(position + 1, close, &output, &content)
                var separator = endOfBlanks(bytes, close + 1, end)
                let textEnd = separator
                if separator < end, bytes[separator] == carriageReturn { separator += 1 }
                if separator == end {
                    return isLast ? .row(end: textEnd, next: end) : .incomplete
                }
                if bytes[separator] == lineFeed { return .row(end: textEnd, next: separator + 1) }
                guard separator == textEnd, bytes[separator] == comma else {
                    return .broken(.textAfterQuote)
                }
                position = separator + 1
                fieldStart = position
            default:
                if byte >= 0x80 { content.hasNonASCII = true }
                if byte == 0 { content.hasZeroByte = true }
                position += 1
            }
        }
        guard isLast else { return .incomplete }
        let rowEnd = endOfText(bytes, fieldStart, end)
        appendTrimmed(bytes, fieldStart, rowEnd, &output, &content)
        return .row(end: rowEnd, next: end)
    }

    /// Appends a field without the blanks at its ends.
    private static func appendTrimmed(
        _ bytes: borrowing Span<UInt8>,
        _ start: Int,
        _ end: Int,
        _ output: inout MutableSpan<Field>,
        _ content: inout Content
    ) {
        let start = endOfBlanks(bytes, start, end)
        var end = end
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        append(start, end, &output, &content)
    }

    /// The position of the first byte that is no blank.
    private static func endOfBlanks(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int
    {
        var position = start
        while position < end, isBlank(bytes[position]) { position += 1 }
        return position
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func append(
        _ start: Int,
        _ end: Int,
        _ output: inout MutableSpan<Field>,
        _ content: inout Content
    ) {
        if content.fieldCount < output.count {
            output[content.fieldCount] = Field(from: start, to: end, kind: .text)
        }
        content.fieldCount += 1
    }

    /// The position of the quote that ends a quoted field, or nil where it is not among the bytes.
    ///
    /// The last quote of all ends the field only where nothing follows; it may be half of a pair.
    private static func closingQuote(
        _ bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int,
        _ isLast: Bool,
        _ content: inout Content
    ) -> Int? {
        var position = start
        while position < end {
            let byte = bytes[position]
            switch byte {
            case quote:
                if position + 1 == end { return isLast ? position : nil }
                guard bytes[position + 1] == quote else { return position }
                content.hasDoubledQuotes = true
                position += 1
            case lineFeed: content.innerLines += 1
            case 0: content.hasZeroByte = true
            case 0x80...: content.hasNonASCII = true
            default: break
            }
            position += 1
        }
        return nil
    }

    /// The end of a row's text: a carriage return before the line end belongs to the line end.
    private static func endOfText(
        _ bytes: borrowing Span<UInt8>,
        _ start: Int,
        _ end: Int
    ) -> Int {
        end > start && bytes[end - 1] == carriageReturn ? end - 1 : end
    }

    /// Copies all fields of a row with doubled quotes, so that each is contiguous text.
    private mutating func unescape(_ bytes: borrowing Span<UInt8>) {
        unescaped.removeAll(keepingCapacity: true)
        for index in 0..<min(fieldCount, fields.count) {
            let field = fields[index]
            let start = unescaped.count
            var position = field.from
            while position < field.to {
                unescaped.append(bytes[position])
                // Quotes come in pairs here, and only in fields that were quoted.
                position += bytes[position] == Self.quote ? 2 : 1
            }
            fields[index] = Field(from: start, to: unescaped.count, kind: .text)
        }
    }

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}
