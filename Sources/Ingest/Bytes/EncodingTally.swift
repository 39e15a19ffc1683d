/// Counts the rows of one input that are not valid UTF-8.
///
/// One such row is a reject like any other; where many are, the input is in another encoding.
struct EncodingTally: Sendable {
    var rows = 0
    private var invalidRows = 0
    private var firstLine: Int64 = 0
    private var firstByte: UInt8 = 0

    /// Counts a row and says why it is rejected.
    mutating func reason(byte: UInt8, line: Int64) -> String {
        if invalidRows == 0 { (firstLine, firstByte) = (line, byte) }
        invalidRows += 1
        return "The row is not valid UTF-8: it has the byte 0x"
            + String(byte, radix: 16, uppercase: true)
            + "; convert the file, for example with iconv."
    }

    /// Whether so many rows are invalid that it is time to check, rather than only at the end.
    var isSuspicious: Bool {
        invalidRows > 0 && invalidRows % 1000 == 0
    }

    /// - Throws: `IngestError.wrongEncoding` where more than the share of the rows is invalid.
    func check(file: String, share: Double) throws(IngestError) {
        guard Double(invalidRows) > share * Double(rows) else { return }
        throw .wrongEncoding(
            file,
            line: firstLine,
            found: EncodingProbe.eightBit(firstByte) + ", in \(invalidRows) of \(rows) rows"
        )
    }
}
