/// The time buckets of a task: the days or hours of its time zone.
///
/// Buckets part the time line, whatever clocks do: each instant lies in one bucket, a later one in the same or
/// a later bucket, and `number(of:)` and `start(ofNumber:)` are inverse of each other.
///
/// - A **day** begins when clocks first show its date. Where they go back across midnight, the old date comes
///   again for a while, and that while belongs to the new day. A date that is skipped is a day without time.
///   Its number is the local date, in days since 1970-01-01.
/// - An **hour** runs from one full hour of the clock to the next. Going back or forward by whole hours leaves
///   the full hours where they are, so that an hour that comes twice is two buckets. Any other change ends an
///   hour where it happens, and so does the beginning of a day: what is left up to the next full hour is a
///   shorter bucket. Hour 0 is the one that holds 1970-01-01T00:00Z.
package struct TimeBuckets: Sendable {
    package let size: TimeBucketSize
    private let days: BucketRuler
    /// Hours or days.
    private let ruler: BucketRuler

    package init(_ zone: ZoneRules, size: TimeBucketSize) {
        self.size = size
        days = Self.days(zone)
        ruler = size == .day ? days : Self.hours(zone, days)
    }

    package func number(of instant: Instant) -> Int32 {
        Int32(clamping: ruler.number(ofSecond: instant.secondsRoundedDown))
    }

    /// The first instant of a bucket.
    package func start(ofNumber number: Int32) -> Instant {
        Instant(seconds: ruler.start(ofNumber: Int64(number)))
    }

    package func start(of instant: Instant) -> Instant {
        start(ofNumber: number(of: instant))
    }

    /// The first instant after a bucket.
    package func end(ofNumber number: Int32) -> Instant {
        Instant(seconds: ruler.start(ofNumber: Int64(number) + 1))
    }

    package func window(ofNumber number: Int32) -> Window {
        Window(from: start(ofNumber: number), upTo: end(ofNumber: number))
    }

    /// The local date of an instant, in days since 1970-01-01.
    package func localDay(of instant: Instant) -> Int32 {
        Int32(clamping: days.number(ofSecond: instant.secondsRoundedDown))
    }

    /// The first second of a local date; where midnight was skipped, the moment after the gap.
    package func startOfDay(_ day: Int32) -> Int64 {
        days.start(ofNumber: Int64(day))
    }

    /// A local day, from its first moment to that of the next.
    package func window(ofDay day: Int32) -> Window {
        Window(
            from: Instant(seconds: startOfDay(day)),
            upTo: Instant(seconds: startOfDay(day + 1))
        )
    }

    // MARK: - Rulers

    private static func days(_ zone: ZoneRules) -> BucketRuler {
        var days = BucketRuler(width: 86_400, shift: zone.stretches[0].offset)
        for stretch in zone.stretches.dropFirst() {
            days.shift(by: stretch.offset, from: stretch.start)
        }
        return days
    }

    private static func hours(_ zone: ZoneRules, _ days: BucketRuler) -> BucketRuler {
        var phase = Self.phase(zone.stretches[0])
        var hours = BucketRuler(width: 3600, shift: phase)
        for stretch in zone.stretches.dropFirst() {
            let start = stretch.start
            let isNewDay = days.number(ofSecond: start) > days.number(ofSecond: start - 1)
            guard isNewDay || Self.phase(stretch) != phase else { continue }
            phase = Self.phase(stretch)
            hours.cut(atSecond: start, phase: phase)
        }
        hours.count(fromSecond: 0)
        return hours
    }

    /// How far clocks are past the full hour when UTC is at one.
    private static func phase(_ stretch: ZoneRules.Stretch) -> Int64 {
        stretch.offset - 3600 * floorDivide(stretch.offset, 3600)
    }
}
