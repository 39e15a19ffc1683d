package import Evaluation

/// Windows of time as tables name them, in the task's time zone.
package struct WindowText: Sendable {
    private let buckets: TimeBuckets?

    package init(task: PredictionTask) {
        buckets = try? task.timeBuckets()
    }

    /// `2013-06`, `2013-06-24`, `2013-06-24 to 06-30`, or an interval with times where it cuts days.
    package func name(_ window: ReportWindow, _ period: ReportPeriod) -> String {
        name(from: window.start, to: window.end, period)
    }

    package func name(from start: Instant, to end: Instant, _ period: ReportPeriod) -> String {
        guard let first = day(startingAt: start), let after = day(startingAt: end), first < after
        else { return "\(moment(start)) to \(moment(end))" }
        let (from, to) = (CivilDate(day: first), CivilDate(day: after - 1))
        if period == .month, from.year == to.year, from.month == to.month {
            return String(from.iso8601.prefix(7))
        }
        if first == after - 1 { return from.iso8601 }
        if period == .week { return from.iso8601 }
        return "\(from.iso8601) to \(to.iso8601)"
    }

    /// A date where the instant is the start of a day, else the instant.
    package func moment(_ instant: Instant) -> String {
        day(startingAt: instant).map { CivilDate(day: $0).iso8601 } ?? instant.iso8601
    }

    /// The instant without its fraction of a second, which nobody reads.
    package static func present(_ instant: Instant) -> String {
        Instant(seconds: instant.secondsRoundedDown).iso8601
    }

    private func day(startingAt instant: Instant) -> Int32? {
        guard let buckets else { return nil }
        let day = buckets.localDay(of: instant)
        return buckets.startOfDay(day) * 1_000_000 == instant.microseconds ? day : nil
    }
}
