/// The offsets of a time zone year after year, as the variable TZ of POSIX gives them: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct YearlyRule {
    private let standard: Int64
    /// The offset in summer, when it begins and when it ends.
    private var summer: (offset: Int64, from: YearDay, to: YearDay)?

    init?(_ text: [UInt8]) {
        var text = TextCursor(text)
        guard text.skipName(), let west = text.clock() else { return nil }
        standard = -west
        guard !text.isAtEnd else { return }
        guard text.skipName() else { return nil }
        let offset = text.isNext(",") ? standard + 3600 : text.clock().map { -$0 }
        guard let offset, text.skip(","), let from = YearDay(&text), text.skip(","),
            let to = YearDay(&text), text.isAtEnd
        else { return nil }
        summer = (offset, from, to)
    }

    /// The changes from the year 1800 on, in order; a summer that ends as the next begins lasts.
    func changes(before end: Int64) -> [ZoneRules.Stretch] {
        guard let summer else { return [] }
        return (1800...2400).flatMap { year in
            // The clock that shows when a season ends is that of the season.
            [
                ZoneRules.Stretch(
                    start: summer.from.seconds(ofYear: year) - standard,
                    offset: summer.offset
                ),
                ZoneRules.Stretch(
                    start: summer.to.seconds(ofYear: year) - summer.offset,
                    offset: standard
                ),
            ]
        }.filter { $0.start < end }.sorted {
            ($0.start, $0.offset == standard ? 0 : 1) < ($1.start, $1.offset == standard ? 0 : 1)
        }
    }
}

/// A day of each year, and a time of that day.
private struct YearDay {
    private enum Day {
        /// From 1 to 365; 29 February is not counted.
        case withoutLeapDay(Int)
        /// From 0 to 365.
        case counted(Int)
        /// The weekday from Sunday 0; the fifth week is the last.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    private let day: Day
    private var second: Int64 = 2 * 3600

    init?(_ text: inout TextCursor) {
        if text.skip("M") {
            guard let month = text.number(in: 1...12), text.skip("."),
                let week = text.number(in: 1...5), text.skip("."),
                let weekday = text.number(in: 0...6)
            else { return nil }
            day = .weekday(month: month, week: week, weekday: weekday)
        } else if text.skip("J") {
            guard let number = text.number(in: 1...365) else { return nil }
            day = .withoutLeapDay(number)
        } else {
            guard let number = text.number(in: 0...365) else { return nil }
            day = .counted(number)
        }
        guard text.skip("/") else { return }
        guard let second = text.clock() else { return nil }
        self.second = second
    }

    /// The local time, as if it were UTC.
    func seconds(ofYear year: Int) -> Int64 {
        86_400 * Int64(daysSinceEpoch(ofYear: year)) + second
    }

    private func daysSinceEpoch(ofYear year: Int) -> Int {
        let first = Int(CivilDate(year: year, month: 1, dayOfMonth: 1).day)
        switch day {
        case .withoutLeapDay(let number):
            return first + number - (CivilDate.isLeapYear(year) && number >= 60 ? 0 : 1)
        case .counted(let number): return first + number
        case .weekday(let month, let week, let weekday):
            let start = Int(CivilDate(year: year, month: month, dayOfMonth: 1).day)
            // 1970-01-01 was a Thursday.
            let weekdayOfFirst = ((start + 4) % 7 + 7) % 7
            let dayOfMonth = (weekday - weekdayOfFirst + 7) % 7 + 7 * (week - 1)
            let isBeyond = dayOfMonth >= CivilDate.daysInMonth(month, year: year)
            return start + dayOfMonth - (isBeyond ? 7 : 0)
        }
    }
}

/// A place in the text of a rule.
private struct TextCursor {
    private let text: [UInt8]
    private var position = 0

    init(_ text: [UInt8]) {
        self.text = text
    }

    var isAtEnd: Bool { position == text.count }

    private var next: UInt8? { isAtEnd ? nil : text[position] }

    func isNext(_ character: Unicode.Scalar) -> Bool { next == UInt8(ascii: character) }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard isNext(character) else { return false }
        position += 1
        return true
    }

    /// Letters, or anything within `<` and `>`.
    mutating func skipName() -> Bool {
        let start = position
        if skip("<") {
            while let next, next != UInt8(ascii: ">") { position += 1 }
            return skip(">")
        }
        while let next, (0x41...0x5A).contains(next & ~0x20) { position += 1 }
        return position > start
    }

    mutating func number(in range: ClosedRange<Int>) -> Int? {
        var number: Int?
        while let next, (0x30...0x39).contains(next), number ?? 0 < 1000 {
            number = (number ?? 0) * 10 + Int(next - 0x30)
            position += 1
        }
        return number.flatMap { range.contains($0) ? $0 : nil }
    }

    /// Hours, minutes and seconds, the last two of which may be left out, as seconds.
    mutating func clock() -> Int64? {
        let sign: Int64 = skip("-") ? -1 : 1
        if sign > 0 { _ = skip("+") }
        guard let hours = number(in: 0...167) else { return nil }
        var seconds = 3600 * hours
        for unit in [60, 1] where skip(":") {
            guard let number = number(in: 0...59) else { return nil }
            seconds += unit * number
        }
        return sign * Int64(seconds)
    }
}
