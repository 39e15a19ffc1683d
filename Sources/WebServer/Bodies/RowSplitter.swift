/// Turns a JSON object, or an array of values, into one value a line, as the bytes come.
///
/// What a value holds is left to the reader of the lines; here only its end is found.
struct RowSplitter {
    private enum State {
        case start
        case betweenRows
        case row
        case afterRow
        case end
    }

    private(set) var rows: Int64 = 0
    private let maximumDepth: Int
    private var state = State.start
    private var isArray = false
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var offset: Int64 = 0

    init(maximumDepth: Int) {
        self.maximumDepth = maximumDepth
    }

    /// - Parameters:
    ///   - bytes: What came.
    ///   - lines: Gets the lines.
    /// - Throws: `Problem` where it is no JSON, or too deep.
    mutating func add(_ bytes: some Sequence<UInt8>, to lines: inout [UInt8]) throws {
        for byte in bytes {
            try add(byte, to: &lines)
            offset += 1
        }
    }

    /// - Throws: `Problem` where the text is not complete.
    func finish() throws {
        guard state == .end else { throw problem("it ends too early") }
    }

    private func problem(_ text: String) -> Problem {
        Problem(
            .invalidRequest,
            "The body is not valid JSON at byte \(offset): \(text). Send one object, or an array of "
                + "objects."
        )
    }

    private mutating func add(_ byte: UInt8, to lines: inout [UInt8]) throws {
        let isSpace = byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
        switch state {
        case .row:
            try addToRow(byte, isSpace: isSpace, to: &lines)
        case _ where isSpace: break
        case .start where byte == UInt8(ascii: "[") && depth == 0:
            isArray = true
            state = .betweenRows
        case .start:
            guard byte == UInt8(ascii: "{") else { throw problem("{ or [ should be here") }
            try beginRow(byte, to: &lines)
        case .betweenRows:
            if byte == UInt8(ascii: "]"), rows == 0 {
                state = .end
            } else {
                try beginRow(byte, to: &lines)
            }
        case .afterRow:
            switch byte {
            case UInt8(ascii: ","): state = .betweenRows
            case UInt8(ascii: "]"): state = .end
            default: throw problem("a comma or ] should be here")
            }
        case .end: throw problem("there is more after the end")
        }
    }

    private mutating func beginRow(_ byte: UInt8, to lines: inout [UInt8]) throws {
        guard byte != UInt8(ascii: ","), byte != UInt8(ascii: "]") else {
            throw problem("a row should be here")
        }
        state = .row
        rows += 1
        try addToRow(byte, isSpace: false, to: &lines)
    }

    private mutating func addToRow(
        _ byte: UInt8,
        isSpace: Bool,
        to lines: inout [UInt8]
    ) throws {
        if isInString {
            guard byte >= 0x20 else { throw problem("a control character stands in a string") }
            lines.append(byte)
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
                if depth == 0 { endRow(&lines) }
            }
            return
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            depth += 1
            guard depth + (isArray ? 1 : 0) <= maximumDepth else {
                throw problem("more than \(maximumDepth) arrays and objects lie in each other")
            }
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            if depth == 0 {
                // The end of the array, right behind a number or a word.
                endRow(&lines)
                state = .end
                return
            }
            depth -= 1
            lines.append(byte)
            if depth == 0 { endRow(&lines) }
            return
        case UInt8(ascii: ",") where depth == 0:
            endRow(&lines)
            state = .betweenRows
            return
        default: break
        }
        lines.append(isSpace ? 0x20 : byte)
    }

    private mutating func endRow(_ lines: inout [UInt8]) {
        lines.append(0x0A)
        state = isArray ? .afterRow : .end
    }
}
