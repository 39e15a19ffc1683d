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
        let date = CivilDate(day: Int32(days)).iso8601
        let time = [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60]
            .map { padded($0, 2) }.joined(separator: ":")
        var text = "\(date)T\(time)"
        if fraction != 0 {
            text += "."
            text += fraction % 1000 == 0 ? padded(fraction / 1000, 3) : padded(fraction, 6)
        }
        return text + "Z"
    }
}
