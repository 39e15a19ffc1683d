/// Tells what a text is that turned out not to be UTF-8.
enum EncodingProbe {
    /// The encoding that a byte order mark of another encoding than UTF-8 announces.
    static func markedEncoding(_ bytes: borrowing Span<UInt8>, from start: Int, to end: Int)
        -> String?
    {
        func begins(_ mark: [UInt8], _ bytes: borrowing Span<UInt8>) -> Bool {
            guard end - start >= mark.count else { return false }
            for offset in mark.indices where bytes[start + offset] != mark[offset] { return false }
            return true
        }
        if begins([0xFF, 0xFE, 0, 0], bytes) { return "UTF-32, little endian" }
        if begins([0, 0, 0xFE, 0xFF], bytes) { return "UTF-32, big endian" }
        if begins([0xFF, 0xFE], bytes) { return "UTF-16, little endian" }
        if begins([0xFE, 0xFF], bytes) { return "UTF-16, big endian" }
        return nil
    }

    /// Why the first line of a file cannot be text in UTF-8, or nil where it can.
    static func flaw(
        ofFirstLine bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int,
        file: String,
        line: Int64
    ) -> IngestError? {
        var zeros = [0, 0]
        var controls = 0
        for index in start..<end {
            if bytes[index] == 0 { zeros[(index - start) & 1] += 1 }
            let isSpace = bytes[index] == 0x09 || bytes[index] == 0x0A || bytes[index] == 0x0D
            if bytes[index] < 0x20, !isSpace { controls += 1 }
        }
        let half = max(1, (end - start) / 2)
        if end - start >= 4, zeros[0] == 0, zeros[1] * 10 >= half * 9 {
            return .wrongEncoding(file, line: line, found: "UTF-16, little endian")
        }
        if end - start >= 4, zeros[1] == 0, zeros[0] * 10 >= half * 9 {
            return .wrongEncoding(file, line: line, found: "UTF-16, big endian")
        }
        if controls > 0 {
            return .wrongFormat(file, found: "binary data", advice: "export it as text")
        }
        guard let position = UTF8Text.firstInvalid(bytes, from: start, to: end) else { return nil }
        return .wrongEncoding(file, line: line, found: eightBit(bytes[position]))
    }

    /// How to call an encoding of which only one wrong byte is known.
    static func eightBit(_ byte: UInt8) -> String {
        "perhaps Windows-1252 or ISO 8859-1 (byte 0x\(String(byte, radix: 16, uppercase: true)))"
    }
}
