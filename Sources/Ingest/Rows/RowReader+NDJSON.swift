// Rows of NDJSON.

extension RowReader {
    /// The next row, or nil at the end of the input.
    mutating func advanceNDJSON() throws(IngestError) -> Event? {
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
        if members.version != membersVersion {
            membersVersion = members.version
            setColumns(members.roles)
        }
        // Rejecting every line of a file that somebody made pretty would help nobody.
        if problem != nil, encoding.rows == 0, !options.judgesRowsAlone, isOpeningBraceAlone() {
            throw .wrongFormat(
                fileName,
                found: "JSON with objects over several lines",
                advice: "write one object a line, for example with jq -c ."
            )
        }
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

    private func isOpeningBraceAlone() -> Bool {
        for index in input.start..<rowEnd where input.bytes[index] > 0x20 {
            if input.bytes[index] != UInt8(ascii: "{") { return false }
        }
        return true
    }

    private func isBlank() -> Bool {
        for index in input.start..<rowEnd where input.bytes[index] > 0x20 { return false }
        return true
    }
}
