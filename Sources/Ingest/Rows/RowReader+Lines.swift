// Lines: finding their ends, rejecting them, passing over them.

extension RowReader {
    /// Reads on until the line that begins at `input.start` is complete.
    ///
    /// - Returns: The offset of its line feed or of the input's end, or nil where it exceeds the limit.
    mutating func completeLine() throws(IngestError) -> Int? {
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

    func isTooLong(endingAt end: Int) -> Bool {
        endOfText(end) - input.start > options.limits.rowBytes
    }

    mutating func passLongLine() throws(IngestError) {
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
    mutating func rejectLine(_ reason: String) throws(IngestError) -> Event {
        guard let length = try completeLine() else { return rejectLongLine() }
        rowEnd = endOfText(input.start + length)
        endRow(next: min(input.start + length + 1, input.end), lines: 1)
        return rejected(reason)
    }

    mutating func rejected(_ reason: String, field: String = "") -> Event {
        lastReject = reject(field: field, value: "", reason: reason)
        return .rejected
    }

    mutating func rejectLongLine() -> Event {
        rowEnd = input.start + options.limits.rowBytes
        endRow(next: rowEnd, lines: 0)
        isInsideLongLine = true
        return rejected("The row is longer than \(options.limits.rowBytes) bytes.")
    }

    mutating func endRow(next: Int, lines: Int) {
        nextStart = next
        nextLine = line + Int64(lines)
    }

    func endOfText(_ end: Int) -> Int {
        end > input.start && input.bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
    }

    /// Passes over empty lines; false at the end of the input.
    mutating func passEmptyLines() throws(IngestError) -> Bool {
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
}
