import Evaluation

/// Time from left to right, with ticks at dates of the task's time zone.
struct TimeAxis: Sendable {
    let interval: Window
    let buckets: TimeBuckets
    private let scale: Scale

    struct Tick: Equatable {
        var at: Instant
        var text: String
    }

    init(_ interval: Window, buckets: TimeBuckets, from start: Double, to end: Double) {
        self.interval = interval
        self.buckets = buckets
        scale = Scale(
            Double(
                interval.lowerBound.secondsRoundedDown
            )...Double(interval.upperBound.secondsRoundedDown),
            from: start,
            to: end
        )
    }

    func place(_ instant: Instant) -> Double {
        scale.placeInside(Double(instant.secondsRoundedDown))
    }

    /// The place of the middle of a window.
    func middle(_ start: Instant, _ end: Instant) -> Double { (place(start) + place(end)) / 2 }

    // MARK: - Ticks

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    func ticks(_ most: Int = 10) -> [Tick] {
        guard !interval.isEmpty else { return [] }
        let first = buckets.localDay(of: interval.lowerBound)
        let last = buckets.localDay(of: interval.upperBound.previous)
        let days = Int(last) - Int(first) + 1
        if days <= 3 { return hours(first...last, most) }
        if let step = [1, 2, 7, 14].first(where: { days <= $0 * most }) {
            return dayTicks(first...last, step: Int32(step))
        }
        let step = [1, 2, 3, 6, 12, 24, 60, 120].first { days <= 30 * $0 * most } ?? 240
        return monthTicks(first...last, step: step)
    }

    private func hours(_ days: ClosedRange<Int32>, _ most: Int) -> [Tick] {
        let step = [1, 3, 6, 12, 24].first { days.count * 24 <= $0 * most } ?? 24
        return days.flatMap { day in
            stride(from: 0, to: 24, by: step).map { hour in
                Tick(
                    at: Instant(seconds: buckets.startOfDay(day) + Int64(hour) * 3600),
                    text: hour == 0 ? Self.dayText(day) : "\(hour < 10 ? "0" : "")\(hour):00"
                )
            }
        }.filter { interval.contains($0.at) }
    }

    private func dayTicks(_ days: ClosedRange<Int32>, step: Int32) -> [Tick] {
        // Day 4 was a Monday.
        let chosen = days.filter { (Int64($0) - 4) % Int64(step) == 0 }
        return chosen.enumerated().map { index, day in
            let year = index == 0 ? " \(CivilDate(day: day).year)" : ""
            return Tick(
                at: Instant(seconds: buckets.startOfDay(day)),
                text: Self.dayText(day) + year
            )
        }.filter { interval.contains($0.at) }
    }

    private func monthTicks(_ days: ClosedRange<Int32>, step: Int) -> [Tick] {
        let first = CivilDate(day: days.lowerBound)
        let last = CivilDate(day: days.upperBound)
        let months = (12 * first.year + first.month - 1)...(12 * last.year + last.month - 1)
        var ticks: [Tick] = []
        for number in months where number % step == 0 {
            let date = CivilDate(year: number / 12, month: number % 12 + 1, dayOfMonth: 1)
            let at = Instant(seconds: buckets.startOfDay(date.day))
            guard interval.contains(at) else { continue }
            let isNamed = ticks.isEmpty || date.month == 1
            let month = step % 12 == 0 ? "" : Self.months[date.month - 1]
            let year = isNamed || step % 12 == 0 ? "\(date.year)" : ""
            ticks.append(
                Tick(at: at, text: [month, year].filter { !$0.isEmpty }.joined(separator: " "))
            )
        }
        return ticks
    }

    private static func dayText(_ day: Int32) -> String {
        let date = CivilDate(day: day)
        return "\(date.dayOfMonth) \(months[date.month - 1])"
    }
}
