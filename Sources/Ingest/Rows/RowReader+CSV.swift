// Rows of CSV.

extension RowReader {
    /// The next row, or nil at the end of the input.
    mutating func advanceCSV() throws(IngestError) -> Event? {
        guard try passEmptyLines() else { return nil }
        switch try scanCSV() {
        case .row(let end, let next):
            guard end - input.start <= options.limits.rowBytes else {
                return try rejectLine(unclosedReason)
            }
            // Where quotes are out of step, a row may swallow many; then only its first line is lost.
            if csv.fieldCount != columns.count, csv.content.innerLines > 0 {
                return try rejectLine(fieldCountReason)
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
    mutating func scanCSV() throws(IngestError) -> CSVScanner.Outcome {
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
        if csv.content.hasZeroByte { return "The row has a zero byte; text must not have any." }
        if csv.content.hasNonASCII, let position = firstInvalidUTF8() {
            return encoding.reason(byte: input.bytes[position], line: line)
        }
        if csv.fieldCount != columns.count {
            return fieldCountReason
        }
        return nil
    }

    /// The position of the first byte of the row that is not part of UTF-8, or nil.
    func firstInvalidUTF8() -> Int? {
        UTF8Text.firstInvalid(input.bytes.span, from: input.start, to: rowEnd)
    }

    private var fieldCountReason: String {
        let lines = csv.content.innerLines + 1
        return "The row has \(csv.fieldCount) fields"
            + (lines > 1 ? " and, because of its quotes, \(lines) lines" : "")
            + ", but the header has \(columns.count)."
            + (lines > 1 ? " Its first line was left out and reading went on after it." : "")
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
}
