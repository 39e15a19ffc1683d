/// A moment in time: microseconds since 1970-01-01T00:00:00Z, the resolution of PostgreSQL's
/// `timestamptz`.
///
/// What lies beyond the ends is the end: no arithmetic on instants overflows, whatever it is given.
package struct Instant: Hashable, Comparable, Sendable {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package init(seconds: Int64) {
        self = Instant(microseconds: 0).advanced(bySeconds: seconds)
    }

    package static let distantPast = Instant(microseconds: .min)
    package static let distantFuture = Instant(microseconds: .max)

    package static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    /// Seconds since 1970-01-01T00:00:00Z, rounded down.
    package var secondsRoundedDown: Int64 { floorDivide(microseconds, 1_000_000) }

    /// The ends stay where they are.
    package func advanced(bySeconds seconds: Int64) -> Instant {
        let (product, isBeyond) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !isBeyond else { return seconds < 0 ? .distantPast : .distantFuture }
        return advanced(byMicroseconds: product)
    }

    /// The last instant before.
    package var previous: Instant { advanced(byMicroseconds: -1) }

    /// The first instant after.
    package var next: Instant { advanced(byMicroseconds: 1) }

    /// Hours from an earlier instant to this one; negative where it is a later one.
    package func hours(since earlier: Instant) -> Double {
        let (microseconds, isBeyond) = microseconds.subtractingReportingOverflow(
            earlier.microseconds
        )
        let span =
            isBeyond
            ? Double(self.microseconds) - Double(earlier.microseconds) : Double(microseconds)
        return span / 3_600_000_000
    }

    private func advanced(byMicroseconds step: Int64) -> Instant {
        guard self != .distantPast, self != .distantFuture else { return self }
        let (sum, isBeyond) = microseconds.addingReportingOverflow(step)
        guard isBeyond else { return Instant(microseconds: sum) }
        return step < 0 ? .distantPast : .distantFuture
    }
}

/// The quotient rounded towards minus infinity.
package func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}
