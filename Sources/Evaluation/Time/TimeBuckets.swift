import Foundation

/// The time buckets of a task: days or hours of its time zone, safe across changes of daylight saving time.
///
/// A bucket has a number: for days the local date in days since 1970-01-01, for hours the hour since
/// 1970-01-01T00:00Z, shifted by the zone's minutes where its offset is no whole hour.
package struct TimeBuckets: Sendable {
    package let size: TimeBucketSize
    private let zone: TimeZone
    /// The instants at which the offset changes, ascending; the first entry holds from the distant past.
    private let changes: [(from: Int64, offset: Int64)]

    /// - Returns: `nil` where the system knows no time zone of that name.
    package init?(timeZone: String, size: TimeBucketSize) {
        guard let zone = TimeZone(identifier: timeZone) else { return nil }
        self.size = size
        self.zone = zone
        var changes: [(from: Int64, offset: Int64)] = []
        // From 1870, before any zone's first change.
        var moment = Date(timeIntervalSince1970: -3_155_760_000)
        changes.append((.min, Int64(zone.secondsFromGMT(for: moment))))
        let end = Date(timeIntervalSince1970: 4_102_444_800)  // 2100
        while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < end {
            moment = next
            let seconds = Int64(next.timeIntervalSince1970.rounded())
            changes.append((seconds, Int64(zone.secondsFromGMT(for: next.addingTimeInterval(1)))))
        }
        self.changes = changes
    }

    /// The zone's offset from UTC in seconds, at a second since 1970.
    package func offset(atSecond second: Int64) -> Int64 {
        var low = 0
        var high = changes.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if changes[middle].from <= second { low = middle } else { high = middle - 1 }
        }
        return changes[low].offset
    }

    package func number(of instant: Instant) -> Int32 {
        let second = instant.secondsRoundedDown
        switch size {
        case .day: return localDay(atSecond: second)
        case .hour: return Int32(floorDivide(second + subHour(atSecond: second), 3600))
        }
    }

    /// The first instant of a bucket.
    package func start(ofNumber number: Int32) -> Instant {
        switch size {
        case .day: return Instant(seconds: startOfDay(number))
        case .hour:
            let second = Int64(number) * 3600
            return Instant(seconds: second - subHour(atSecond: second))
        }
    }

    package func start(of instant: Instant) -> Instant {
        start(ofNumber: number(of: instant))
    }

    /// The first instant after a bucket.
    package func end(ofNumber number: Int32) -> Instant {
        start(ofNumber: number + 1)
    }

    package func window(ofNumber number: Int32) -> Window {
        Window(from: start(ofNumber: number), upTo: end(ofNumber: number))
    }

    /// The local date of an instant, in days since 1970-01-01.
    package func localDay(of instant: Instant) -> Int32 {
        localDay(atSecond: instant.secondsRoundedDown)
    }

    /// The first second of a local date; where midnight was skipped, the moment after the gap.
    package func startOfDay(_ day: Int32) -> Int64 {
        let midnight = Int64(day) * 86_400
        let candidates = [midnight - 86_400, midnight + 86_400].map {
            midnight - offset(atSecond: $0)
        }
        let first = candidates.min() ?? midnight
        if localDay(atSecond: first) == day { return first }
        let last = candidates.max() ?? midnight
        guard localDay(atSecond: last) == day, localDay(atSecond: last - 1) >= day else {
            return last
        }
        return changes.last { $0.from <= last }?.from ?? last
    }

    private func localDay(atSecond second: Int64) -> Int32 {
        Int32(floorDivide(second + offset(atSecond: second), 86_400))
    }

    private func subHour(atSecond second: Int64) -> Int64 {
        let remainder = offset(atSecond: second) % 3600
        return remainder < 0 ? remainder + 3600 : remainder
    }
}

/// The quotient rounded towards minus infinity.
package func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}
