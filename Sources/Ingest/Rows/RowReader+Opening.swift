import Evaluation

// Opening inputs, and closing them.

extension RowReader {
    /// Opens the next input and reads its header; false after the last one.
    mutating func openNext() throws(IngestError) -> Bool {
        guard try input.openNext() else { return false }
        isOpen = true
        (line, nextLine, encoding) = (1, 1, EncodingTally())
        if !options.judgesRowsAlone { try passByteOrderMark() }
        if let given = options.format, options.judgesRowsAlone {
            format = given
        } else {
            let first = try firstByte()
            if let given = options.format {
                format = given
            } else {
                format = try detectFormat(first)
            }
        }
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
    mutating func close() throws(IngestError) {
        isOpen = false
        if options.judgesRowsAlone, encoding.rows == 0 { throw .empty(fileName) }
        try checkEncoding()
        if format == .ndjson { try members.checkAtEnd(file: fileName) }
    }

    /// - Throws: `IngestError.wrongEncoding` where too many rows are not valid UTF-8.
    func checkEncoding() throws(IngestError) {
        if options.judgesRowsAlone { return }
        try encoding.check(file: fileName, share: options.limits.invalidEncodingShare)
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

    mutating func setColumns(_ columns: [[ColumnRole]]) {
        self.columns = columns
        columnsVersion += 1
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
        if csv.fieldCount > options.limits.columns {
            throw .tooMany(
                fileName,
                line: line,
                problem: "The header has \(csv.fieldCount) columns; "
                    + "\(options.limits.columns) are allowed."
            )
        }
        setColumns(try resolver.roles(ofHeader: names.map { Name($0) }, file: fileName, line: line))
        line += Int64(csv.content.innerLines) + 1
        input.start = next
    }
}
