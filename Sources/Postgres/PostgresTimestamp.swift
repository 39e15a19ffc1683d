/// Conversions between microseconds since 1970 and the two forms PostgreSQL has for an instant.
enum PostgresTimestamp {
    /// PostgreSQL counts from 2000-01-01T00:00:00Z.
    private static let epoch: Int64 = 946_684_800_000_000

    /// What goes over the wire.
    ///
    /// `Int64.min` and `.max` stand for `-infinity` and `infinity`.
    static func wire(microsecondsSince1970 microseconds: Int64) -> Int64 {
        if microseconds == .max { return .max }
        let (difference, overflow) = microseconds.subtractingReportingOverflow(epoch)
        return overflow ? .min : difference
    }

    static func microsecondsSince1970(wire: Int64) -> Int64 {
        if wire == .min { return .min }
        let (sum, overflow) = wire.addingReportingOverflow(epoch)
        return overflow ? .max : sum
    }

    /// A literal that the planner sees as a constant: `TIMESTAMPTZ '2013-06-24 18:00:00.000000+00'`.
    static func literal(microsecondsSince1970 microseconds: Int64) -> String {
        if microseconds == .min { return "TIMESTAMPTZ '-infinity'" }
        if microseconds == .max { return "TIMESTAMPTZ 'infinity'" }
        let (seconds, fraction) = floorDivide(microseconds, by: 1_000_000)
        let (days, secondOfDay) = floorDivide(seconds, by: 86_400)
        let (year, month, day) = civilDate(daysSince1970: days)
        let isBeforeChrist = year <= 0
        let date = [
            padded(isBeforeChrist ? 1 - year : year, to: 4), padded(month, to: 2),
            padded(day, to: 2),
        ]
        let time = [
            padded(secondOfDay / 3600, to: 2), padded(secondOfDay / 60 % 60, to: 2),
            padded(secondOfDay % 60, to: 2),
        ]
        let text =
            date.joined(separator: "-") + " " + time.joined(separator: ":") + "."
            + padded(fraction, to: 6) + "+00" + (isBeforeChrist ? " BC" : "")
        return "TIMESTAMPTZ '\(text)'"
    }

    /// The proleptic Gregorian date, by counting 400-year eras that begin on 1 March.
    private static func civilDate(
        daysSince1970 days: Int64
    ) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floorDivide(days + 719_468, by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func floorDivide(
        _ dividend: Int64,
        by divisor: Int64
    ) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func padded(_ value: Int64, to width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
