import Evaluation

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

    var input: InputBuffer
    var csv: CSVScanner
    var members: MemberMapper
    var place = Place.input
    /// What each column of the open input is for.
    var columns: [[ColumnRole]] = []
    /// Changes whenever `columns` does.
    var columnsVersion = 0
    /// That of the members which `columns` are.
    var membersVersion = 0
    var rowsRead: Int64 = 0
    var lastReject: Reject?
    /// The 1-based line that the current row starts on.
    var line: Int64 = 1

    let resolver: ColumnResolver
    let options: IngestOptions
    var format = InputFormat.csv
    var isOpen = false
    /// Where the text of the current row ends; it begins at `input.start`.
    var rowEnd = 0
    var nextStart = 0
    var nextLine: Int64 = 1
    /// Whether the rest of a line is to be passed over that was rejected for its length.
    var isInsideLongLine = false
    var encoding = EncodingTally()

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
        members = MemberMapper(resolver: resolver, options: options)
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
                if event == .rejected, encoding.isSuspicious { try checkEncoding() }
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

    /// The next row of the open input, or nil at its end.
    private mutating func advanceInInput() throws(IngestError) -> Event? {
        switch format {
        case .csv: try advanceCSV()
        case .ndjson: try advanceNDJSON()
        }
    }
}
