/// Reads the rows of several inputs, one at a time, in either format.
///
/// After `advance()` has returned `.row`, the row's values are in `csv.fields` or `fields`, and their
/// text in the bytes that `place` names, until the next call.
struct RowReader: ~Copyable {
    enum Event {
        case row
        /// The row is in `lastReject`.
        case rejected
        case end
    }

    /// Where the text of the current row's values stands.
    enum Place {
        case input
        case csvText
        case jsonText
    }

    private(set) var input: InputBuffer
    private(set) var csv: CSVScanner
    private(set) var members: MemberMapper
    private(set) var place = Place.input
    /// What each column of the open input is for.
    private(set) var columns: [[ColumnRole]] = []
    /// Changes whenever `columns` does.
    private(set) var columnsVersion = 0
    private(set) var rowsRead: Int64 = 0
    private(set) var lastReject: Reject?
    /// The 1-based line that the current row starts on.
    private(set) var line: Int64 = 1

    let resolver: ColumnResolver
    private let options: IngestOptions
    private var format = InputFormat.csv
    private var isOpen = false
    private var rowEnd = 0
    private var nextStart = 0
    private var nextLine: Int64 = 1
    /// Whether the rest of a line is to be passed over that was rejected for its length.
    private var isInsideLongLine = false
    private var encoding = EncodingTally()

    init(
        resolver: ColumnResolver,
        options: IngestOptions,
        sources: [InputSource]
    ) throws(IngestError) {
        let input = try InputBuffer(sources: sources, options: options)
        self.options = options
        self.resolver = resolver
        self.input = input
        csv = CSVScanner(limits: options.limits)
        members = MemberMapper(resolver: resolver, limits: options.limits)
    }

    var fileName: String { input.source.name }

    /// Goes on to the next row, over the ends of inputs.
    mutating func advance() throws(IngestError) -> Event {
        if isOpen {
            input.start = nextStart
            line = nextLine
        }
        while true {
            if !isOpen {
                guard try openNext() else { return .end }
            }
            if isInsideLongLine { try passLongLine() }
            if let event = try advanceInInput() {
                rowsRead += 1
                encoding.rows += 1
                return event
            }
            try close()
        }
    }

    var progress: IngestProgress {
        IngestProgress(
            bytesRead: input.source.bytesRead,
            totalBytes: input.source.totalBytes,
            rowsRead: rowsRead,
            sourceName: fileName
        )
    }

    var digest: [UInt8] { input.source.currentDigest }

    /// A reject of the current row.
    func reject(_ refusal: Refusal) -> Reject {
        reject(field: refusal.field, value: refusal.value, reason: refusal.reason)
    }

    func reject(field: String, value: String, reason: String) -> Reject {
        let row = UTF8Text.text(
            input.bytes.span,
            from: input.start,
            to: rowEnd,
            limit: options.limits.rejectRowBytes
        )
        return Reject(
            line: line,
            field: field,
            value: value,
            reason: reason,
            row: row,
            file: fileName
        )
    }

    // MARK: - Inputs

    private mutating func openNext() throws(IngestError) -> Bool {
        guard try input.openNext() else { return false }
        isOpen = true
        (line, nextLine, encoding) = (1, 1, EncodingTally())
        try passByteOrderMark()
        let first = try firstByte()
        if let given = options.format { format = given } else { format = try detectFormat(first) }
        switch format {
        case .csv: try readHeader()
        case .ndjson:
            members.startInput()
            setColumns([])
        }
        nextStart = input.start
        nextLine = line
        return true
    }

    /// Checks what only the end of an input shows.
    private mutating func close() throws(IngestError) {
        isOpen = false
        try encoding.check(file: fileName, share: options.limits.invalidEncodingShare)
        if format == .ndjson { try members.checkAtEnd(file: fileName) }
    }

    private mutating func passByteOrderMark() throws(IngestError) {
        while input.end - input.start < 4, !input.isAtEnd { try input.fill() }
        let found = EncodingProbe.markedEncoding(
            input.bytes.span,
            from: input.start,
            to: input.end
        )
        if let found { throw .wrongEncoding(fileName, line: 1, found: found) }
        if input.end - input.start >= 3, input.bytes[0] == 0xEF, input.bytes[1] == 0xBB,
            input.bytes[2] == 0xBF
        {
            input.start += 3
        }
    }

    /// The first byte that is no white space.
    private mutating func firstByte() throws(IngestError) -> UInt8 {
        var offset = 0
        while true {
            while input.start + offset == input.end {
                guard !input.isAtEnd, offset <= options.limits.rowBytes else {
                    throw .empty(fileName)
                }
                try input.fill()
            }
            let byte = input.bytes[input.start + offset]
            if byte > 0x20 || byte == 0 { return byte }
            offset += 1
        }
    }

    private func detectFormat(_ first: UInt8) throws(IngestError) -> InputFormat {
        if first == UInt8(ascii: "{") { return .ndjson }
        if first == UInt8(ascii: "[") {
            throw .wrongFormat(
                fileName,
                found: "a JSON array",
                advice: "write one object a line, for example with jq -c '.[]'"
            )
        }
        var name = fileName.lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        let isNamedNDJSON = [".ndjson", ".jsonl", ".json"].contains { name.hasSuffix($0) }
        return isNamedNDJSON ? .ndjson : .csv
    }

    private mutating func setColumns(_ columns: [[ColumnRole]]) {
        self.columns = columns
        columnsVersion += 1
    }

    /// The next row of the open input, or nil at its end.
    private mutating func advanceInInput() throws(IngestError) -> Event? {
        switch format {
        case .csv: try advanceCSV()
        case .ndjson: try advanceNDJSON()
        }
    }

    // MARK: - Lines

    /// Reads on until the line that begins at `input.start` is complete.
    ///
    /// - Returns: The offset of its line feed or of the input's end, or nil where it exceeds the limit.
    private mutating func completeLine() throws(IngestError) -> Int? {
        var searched = 0
        while true {
            if let found = input.indexOfLineFeed(from: input.start + searched) {
                return isTooLong(endingAt: found) ? nil : found - input.start
            }
            searched = input.end - input.start
            if searched > options.limits.rowBytes + 1 { return nil }
            if input.isAtEnd { return isTooLong(endingAt: input.end) ? nil : searched }
            try input.fill()
        }
    }

    private func isTooLong(endingAt end: Int) -> Bool {
        endOfText(end) - input.start > options.limits.rowBytes
    }

    private mutating func passLongLine() throws(IngestError) {
        isInsideLongLine = false
        while true {
            if let found = input.indexOfLineFeed(from: input.start) {
                input.start = found + 1
                line += 1
                return
            }
            input.start = input.end
            if input.isAtEnd { return }
            try input.fill()
        }
    }

    /// Rejects the line that begins at `input.start`, whatever row it begins.
    private mutating func rejectLine(_ reason: String) throws(IngestError) -> Event {
        guard let length = try completeLine() else { return rejectLongLine() }
        rowEnd = endOfText(input.start + length)
        endRow(next: min(input.start + length + 1, input.end), lines: 1)
        return rejected(reason)
    }

    private mutating func rejected(_ reason: String, field: String = "") -> Event {
        lastReject = reject(field: field, value: "", reason: reason)
        return .rejected
    }

    private mutating func rejectLongLine() -> Event {
        rowEnd = input.start + options.limits.rowBytes
        endRow(next: rowEnd, lines: 0)
        isInsideLongLine = true
        return rejected("The row is longer than \(options.limits.rowBytes) bytes.")
    }

    private mutating func endRow(next: Int, lines: Int) {
        nextStart = next
        nextLine = line + Int64(lines)
    }

    private func endOfText(_ end: Int) -> Int {
        end > input.start && input.bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
    }

    /// Passes over empty lines; false at the end of the input.
    private mutating func passEmptyLines() throws(IngestError) -> Bool {
        while true {
            while input.start < input.end {
                let byte = input.bytes[input.start]
                if byte == UInt8(ascii: "\n") {
                    input.start += 1
                    line += 1
                } else if byte == UInt8(ascii: "\r") {
                    // A line of a carriage return alone, if that is what it is.
                    if input.start + 1 == input.end { break }
                    guard input.bytes[input.start + 1] == UInt8(ascii: "\n") else { return true }
                    input.start += 1
                } else {
                    return true
                }
            }
            if input.isAtEnd { return false }
            try input.fill()
        }
    }

    // MARK: - CSV

    private mutating func advanceCSV() throws(IngestError) -> Event? {
        guard try passEmptyLines() else { return nil }
        switch try scanCSV() {
        case .row(let end, let next):
            guard end - input.start <= options.limits.rowBytes else {
                return try rejectLine(unclosedReason)
            }
            rowEnd = end
            endRow(next: next, lines: csv.content.innerLines + 1)
            place = csv.isUnescaped ? .csvText : .input
            if let reason = flawOfRow() {
                return rejected(reason)
            }
            return .row
        case .incomplete: return try rejectLine(unclosedReason)
        case .broken(let flaw): return try rejectLine(reason(of: flaw))
        }
    }

    /// Scans the row at `input.start`, reading on as needed; incomplete where it exceeds the limit.
    private mutating func scanCSV() throws(IngestError) -> CSVScanner.Outcome {
        // Two bytes more than a row may have, for its line end. The window does not depend on how much
        // was read at a time, so neither does the outcome.
        let window = options.limits.rowBytes + 2
        while true {
            let end = min(input.end, input.start + window)
            let outcome = Self.scan(input, to: end, with: &csv)
            guard outcome == .incomplete, end - input.start < window else { return outcome }
            try input.fill()
        }
    }

    // The scanner is an argument of its own, because a span of a member locks the others.
    private static func scan(
        _ input: borrowing InputBuffer,
        to end: Int,
        with csv: inout CSVScanner
    ) -> CSVScanner.Outcome {
        csv.scan(
            input.bytes.span,
            from: input.start,
            to: end,
            isLast: input.isAtEnd && end == input.end
        )
    }

    /// Why a row that is whole cannot be read; nil where nothing is wrong.
    private mutating func flawOfRow() -> String? {
        if csv.content.hasZeroByte { return Self.zeroReason }
        if csv.content.hasNonASCII, let position = firstInvalidUTF8() {
            return encoding.reason(byte: input.bytes[position], line: line)
        }
        if csv.fieldCount != columns.count {
            return "The row has \(csv.fieldCount) fields, but the header has \(columns.count)."
        }
        return nil
    }

    private func firstInvalidUTF8() -> Int? {
        UTF8Text.firstInvalid(input.bytes.span, from: input.start, to: rowEnd)
    }

    private mutating func readHeader() throws(IngestError) {
        guard try passEmptyLines() else { throw .empty(fileName) }
        let length = try completeLine()
        let lineEnd = input.start + (length ?? options.limits.rowBytes)
        let flaw = EncodingProbe.flaw(
            ofFirstLine: input.bytes.span,
            from: input.start,
            to: lineEnd,
            file: fileName,
            line: line
        )
        if let flaw { throw flaw }
        guard length != nil, case .row(_, let next) = try scanCSV() else {
            throw .invalidColumns(
                fileName,
                line: line,
                problem: "The header is not a row of CSV of at most \(options.limits.rowBytes) "
                    + "bytes; quotes must stand around whole names."
            )
        }
        let names =
            csv.isUnescaped ? csv.texts(in: csv.unescaped.span) : csv.texts(in: input.bytes.span)
        if names.contains(where: { $0.utf8.contains(UInt8(ascii: "\r")) }) {
            throw .invalidColumns(
                fileName,
                line: line,
                problem:
                    "The lines end with carriage returns alone; convert them, for example with "
                    + "tr '\\r' '\\n'."
            )
        }
        if names.count > options.limits.columns {
            throw .tooMany(
                fileName,
                line: line,
                problem: "The header has \(names.count) columns; "
                    + "\(options.limits.columns) are allowed."
            )
        }
        setColumns(try resolver.roles(ofHeader: names, file: fileName, line: line))
        line += Int64(csv.content.innerLines) + 1
        input.start = next
    }

    private var unclosedReason: String {
        "A quoted field that begins on this line is not closed within \(options.limits.rowBytes) "
            + "bytes; the line was left out and reading went on after it."
    }

    private func reason(of flaw: CSVScanner.Flaw) -> String {
        switch flaw {
        case .quoteInsideField:
            "A quote stands inside a field; write the field in quotes and its quotes twice."
        case .textAfterQuote:
            "Text follows a closing quote; after it may come only a comma or the end of the line."
        case .unclosedQuote:
            "A quoted field that begins on this line is never closed; the line was left out and "
                + "reading went on after it."
        }
    }

    // MARK: - NDJSON

    private mutating func advanceNDJSON() throws(IngestError) -> Event? {
        var length: Int
        repeat {
            guard try passEmptyLines() else { return nil }
            guard let found = try completeLine() else { return rejectLongLine() }
            length = found
            rowEnd = endOfText(input.start + length)
            if isBlank() {
                input.start = min(input.start + length + 1, input.end)
                line += 1
                length = -1
            }
        } while length < 0
        endRow(next: min(input.start + length + 1, input.end), lines: 1)
        place = .jsonText
        let problem = try members.map(
            input.bytes,
            from: input.start,
            to: rowEnd,
            file: fileName,
            line: line
        )
        if members.roles.count != columns.count { setColumns(members.roles) }
        switch problem {
        case nil: return .row
        case .invalidUTF8:
            let byte = firstInvalidUTF8().map { input.bytes[$0] } ?? 0
            let reason = encoding.reason(byte: byte, line: line)
            return rejected(reason)
        case .flaw(let field, let reason):
            return rejected(reason, field: field)
        }
    }

    private func isBlank() -> Bool {
        for index in input.start..<rowEnd where input.bytes[index] > 0x20 { return false }
        return true
    }

    private static let zeroReason = "The row has a zero byte; text must not have any."
}
