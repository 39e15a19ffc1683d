/// Finds what stands before the last part of an id: `user-17` in `user-17-0042`, `user-17/2024-05-01` and
/// `user-17_20240501T0900`.
enum IDPrefix {
    /// The bytes that part an id; `|` joins several columns to one.
    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "/"),
            UInt8(ascii: "."), UInt8(ascii: "#"), UInt8(ascii: "|"):
            true
        default: false
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }

    /// Where the prefix of an id ends.
    ///
    /// A date at the end, with a time or without, is one part. What begins with a date has no prefix: it counts within a day.
    ///
    /// - Returns: The position of the separator; `nil` where there is none, or nothing before or after it.
    static func end(_ bytes: [UInt8], from start: Int, to end: Int) -> Int? {
        if isDate(bytes, from: start, to: end) { return nil }
        var last: Int?
        for position in stride(from: end - 1, to: start, by: -1) {
            let byte = bytes[position]
            if isSeparator(byte) {
                if isDate(bytes, from: position + 1, to: end) { return position }
                if last == nil, position < end - 1 { last = position }
            }
            // A date and its time have digits and letters of time only.
            if last != nil, !isOfTime(byte) { break }
        }
        return last
    }

    private static func isOfTime(_ byte: UInt8) -> Bool {
        isDigit(byte) || isSeparator(byte) || byte == UInt8(ascii: "T")
            || byte == UInt8(ascii: "Z") || byte == UInt8(ascii: "+")
    }

    /// Whether a year, a month and a day of these times come first, with separators or without: `2024-05-01`, `20240501`.
    private static func isDate(_ bytes: [UInt8], from start: Int, to end: Int) -> Bool {
        guard let year = number(bytes, start, 4, end), 1900...2199 ~= year else { return false }
        var position = start + 4
        func skipSeparator() {
            if position < end, isSeparator(bytes[position]) { position += 1 }
        }
        skipSeparator()
        guard let month = number(bytes, position, 2, end), 1...12 ~= month else { return false }
        position += 2
        skipSeparator()
        guard let day = number(bytes, position, 2, end) else { return false }
        return 1...31 ~= day
    }

    private static func number(
        _ bytes: [UInt8],
        _ start: Int,
        _ digits: Int,
        _ end: Int
    ) -> Int? {
        guard start + digits <= end else { return nil }
        var number = 0
        for position in start..<start + digits {
            guard isDigit(bytes[position]) else { return nil }
            number = 10 * number + Int(bytes[position] - UInt8(ascii: "0"))
        }
        return number
    }
}
