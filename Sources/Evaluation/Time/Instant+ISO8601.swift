extension Instant {
    /// The instant as ISO 8601 text in UTC, such as `2013-05-24T14:29:00Z`.
    ///
    /// A fraction has three digits where that is exact, six otherwise, and is left out where it is
    /// zero. `distantPast` and `distantFuture` read `-infinity` and `infinity`, as in PostgreSQL.
    package var iso8601: String {
        if self == .distantPast { return "-infinity" }
        if self == .distantFuture { return "infinity" }
        let seconds = secondsRoundedDown
        let fraction = Int(microseconds - seconds * 1_000_000)
        var days = seconds / 86_400
        if seconds % 86_400 < 0 { days -= 1 }
        let secondOfDay = Int(seconds - days * 86_400)
        let (year, month, day) = civilDate(daysSinceEpoch: Int(days))
        var text = year < 0 ? "-" : ""
        append(abs(year), digits: 4, to: &text)
        text += "-"
        append(month, digits: 2, to: &text)
        text += "-"
        append(day, digits: 2, to: &text)
        text += "T"
        append(secondOfDay / 3600, digits: 2, to: &text)
        text += ":"
        append(secondOfDay / 60 % 60, digits: 2, to: &text)
        text += ":"
        append(secondOfDay % 60, digits: 2, to: &text)
        if fraction != 0 {
            text += "."
            if fraction % 1000 == 0 {
                append(fraction / 1000, digits: 3, to: &text)
            } else {
                append(fraction, digits: 6, to: &text)
            }
        }
        return text + "Z"
    }
}

/// The Gregorian date of a day, counted from 1970-01-01, in the proleptic calendar.
private func civilDate(daysSinceEpoch: Int) -> (year: Int, month: Int, day: Int) {
    let daysIn400Years = 146_097
    // Years begin in March, so that the leap day is the last day of its year.
    let day = daysSinceEpoch + 719_468
    let cycle = (day >= 0 ? day : day - (daysIn400Years - 1)) / daysIn400Years
    let dayOfCycle = day - cycle * daysIn400Years
    // A day is taken off for each full 4 years, given back for each century, taken for the cycle.
    let yearOfCycle =
        (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0), month, dayOfMonth)
}

private func append(_ number: Int, digits: Int, to text: inout String) {
    let plain = String(number)
    text += String(repeating: "0", count: max(0, digits - plain.utf8.count)) + plain
}
