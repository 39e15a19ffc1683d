/// Reads ISO 8601 instants from bytes.
///
/// A date, a time and an offset are required: `2013-05-24T14:29:00Z`, `2013-05-24 14:29+02:00`,
/// `2013-05-24T14:29:00.123456-0400`. Between date and time stands `T`, `t` or a space; seconds may
/// be left out; the offset is `Z`, `z`, `±hh`, `±hhmm` or `±hh:mm`. The calendar is the proleptic
/// Gregorian one, years 0001 to 9999.
///
/// - Digits of a fraction beyond the sixth are cut off, so that nanosecond clocks can be read.
/// - A leap second, 23:59:60 UTC on 30 June or 31 December, is the first second of the next day, as
///   in PostgreSQL.
/// - Without an offset the text is refused, unless a time zone is assumed: see `AssumedTimeZone`.
package struct InstantParser: Sendable {
    private var zone: AssumedTimeZone?
    private var lastDate = 0
    private var lastDay = 0
    /// The text of `lastDate`, where it came in the usual form: year and month, and the day.
    private var lastDateText: (date: UInt64, dayOfMonth: UInt16) = (0, 0)

    package init(assuming zone: AssumedTimeZone? = nil) {
        self.zone = zone
    }

    /// Reads an instant that fills the bytes from `start` up to `end`.
    package mutating func parse(
        _ bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int
    ) throws(InstantError) -> Instant {
        if let instant = parseUsualForm(bytes, start, end) { return instant }
        var cursor = ByteCursor(position: start, end: end)
        if cursor.isAtEnd { throw .empty }
        let day = try parseDate(bytes, &cursor)
        if cursor.isAtEnd { throw .dateOnly }
        let separator = bytes[cursor.position]
        guard
            separator == UInt8(ascii: "T") || separator == UInt8(ascii: "t")
                || separator == UInt8(ascii: " ")
        else { throw .notISO8601 }
        cursor.position += 1

        let hour = try cursor.number(bytes, digits: 2)
        try cursor.skip(UInt8(ascii: ":"), bytes)
        let minute = try cursor.number(bytes, digits: 2)
        var second = 0
        var fraction = 0
        if cursor.peek(bytes) == UInt8(ascii: ":") {
            cursor.position += 1
            second = try cursor.number(bytes, digits: 2)
            if cursor.peek(bytes) == UInt8(ascii: ".") {
                cursor.position += 1
                fraction = try cursor.microseconds(bytes)
            }
        }
        guard hour <= 23, minute <= 59, second <= 60 else { throw .noSuchTime }

        let local = Int64(day) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        let seconds: Int64
        if cursor.isAtEnd {
            // A leap second has no civil time of its own, so the zone is asked about the second before.
            let leap: Int64 = second == 60 ? 1 : 0
            guard let found = try zone?.secondsSinceEpoch(atLocal: local - leap) else {
                throw .noOffset
            }
            seconds = found + leap
        } else {
            seconds = local - Int64(try parseOffset(bytes, &cursor))
        }
        if second == 60 { try requireLeapSecond(endingAt: seconds) }
        return Instant(microseconds: seconds * 1_000_000 + Int64(fraction))
    }

    /// Reads `2013-05-24T14:29:00Z`, and returns nil for all else, valid or not.
    private mutating func parseUsualForm(
        _ bytes: borrowing Span<UInt8>,
        _ start: Int,
        _ end: Int
    ) -> Instant? {
        guard end - start == 20, bytes[start + 10] == UInt8(ascii: "T"),
            bytes[start + 13] == UInt8(ascii: ":"), bytes[start + 16] == UInt8(ascii: ":"),
            bytes[start + 19] == UInt8(ascii: "Z")
        else { return nil }
        let date = Self.word(bytes, at: start)
        let dayOfMonth = UInt16(bytes[start + 8]) << 8 | UInt16(bytes[start + 9])
        if date != lastDateText.date || dayOfMonth != lastDateText.dayOfMonth {
            var cursor = ByteCursor(position: start, end: end)
            guard (try? parseDate(bytes, &cursor)) != nil else { return nil }
            lastDateText = (date, dayOfMonth)
        }
        var isValid = true
        func number(_ offset: Int, _ bytes: borrowing Span<UInt8>) -> Int {
            let tens = bytes[start + offset] &- UInt8(ascii: "0")
            let ones = bytes[start + offset + 1] &- UInt8(ascii: "0")
            if tens > 9 || ones > 9 { isValid = false }
            return Int(tens) * 10 + Int(ones)
        }
        let hour = number(11, bytes)
        let minute = number(14, bytes)
        let second = number(17, bytes)
        guard isValid, hour <= 23, minute <= 59, second <= 59 else { return nil }
        let seconds = lastDay * 86_400 + hour * 3600 + minute * 60 + second
        return Instant(microseconds: Int64(seconds) * 1_000_000)
    }

    private static func word(_ bytes: borrowing Span<UInt8>, at position: Int) -> UInt64 {
        unsafe bytes.extracting(position..<position + 8).withUnsafeBytes { part in
            unsafe part.loadUnaligned(as: UInt64.self)
        }
    }

    private mutating func parseDate(
        _ bytes: borrowing Span<UInt8>,
        _ cursor: inout ByteCursor
    ) throws(InstantError) -> Int {
        let year = try cursor.number(bytes, digits: 4)
        try cursor.skip(UInt8(ascii: "-"), bytes)
        let month = try cursor.number(bytes, digits: 2)
        try cursor.skip(UInt8(ascii: "-"), bytes)
        let day = try cursor.number(bytes, digits: 2)
        let date = year * 10_000 + month * 100 + day
        if date == lastDate { return lastDay }
        guard year >= 1, month >= 1, month <= 12, day >= 1,
            day <= CivilDate.daysInMonth(month, year: year)
        else { throw .noSuchDate }
        lastDay = Int(CivilDate(year: year, month: month, dayOfMonth: day).day)
        lastDate = date
        return lastDay
    }

    /// The offset from UTC in seconds, positive in the east.
    private func parseOffset(
        _ bytes: borrowing Span<UInt8>,
        _ cursor: inout ByteCursor
    ) throws(InstantError) -> Int {
        let sign = bytes[cursor.position]
        cursor.position += 1
        if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") {
            guard cursor.isAtEnd else { throw .notISO8601 }
            return 0
        }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { throw .notISO8601 }
        let hours = try cursor.number(bytes, digits: 2)
        var minutes = 0
        if !cursor.isAtEnd {
            if bytes[cursor.position] == UInt8(ascii: ":") { cursor.position += 1 }
            minutes = try cursor.number(bytes, digits: 2)
        }
        guard cursor.isAtEnd else { throw .notISO8601 }
        let seconds = hours * 3600 + minutes * 60
        guard minutes <= 59, seconds <= 18 * 3600 else { throw .offsetOutOfRange }
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    private func requireLeapSecond(endingAt seconds: Int64) throws(InstantError) {
        guard seconds % 86_400 == 0 else { throw .notALeapSecond }
        let date = CivilDate(day: Int32(seconds / 86_400))
        guard date.dayOfMonth == 1, [1, 7].contains(date.month) else { throw .notALeapSecond }
    }
}

extension Instant {
    /// Reads one ISO 8601 text, such as the value of a command line option.
    package init(
        parsing text: String,
        assuming zone: AssumedTimeZone? = nil
    ) throws(InstantError) {
        let bytes = Array(text.utf8)
        var parser = InstantParser(assuming: zone)
        self = try parser.parse(bytes.span, from: 0, to: bytes.count)
    }
}

/// A position in the bytes of one instant.
private struct ByteCursor {
    var position: Int
    let end: Int

    var isAtEnd: Bool { position >= end }

    func peek(_ bytes: borrowing Span<UInt8>) -> UInt8 {
        isAtEnd ? 0 : bytes[position]
    }

    mutating func skip(
        _ byte: UInt8,
        _ bytes: borrowing Span<UInt8>
    ) throws(InstantError) {
        guard peek(bytes) == byte else { throw .notISO8601 }
        position += 1
    }

    mutating func number(
        _ bytes: borrowing Span<UInt8>,
        digits: Int
    ) throws(InstantError) -> Int {
        guard position + digits <= end else { throw .notISO8601 }
        var number = 0
        for index in position..<position + digits {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { throw .notISO8601 }
            number = number * 10 + Int(digit)
        }
        position += digits
        return number
    }

    /// The digits of a fraction as microseconds, cut off after the sixth.
    mutating func microseconds(_ bytes: borrowing Span<UInt8>) throws(InstantError) -> Int {
        var number = 0
        var digits = 0
        while position < end {
            let digit = bytes[position] &- UInt8(ascii: "0")
            if digit > 9 { break }
            if digits < 6 { number = number * 10 + Int(digit) }
            digits += 1
            position += 1
        }
        guard digits > 0 else { throw .notISO8601 }
        for _ in 0..<max(0, 6 - digits) { number *= 10 }
        return number
    }
}
