import Foundation

/// The time zone in which times without an offset are read.
///
/// Where clocks go back, a time of day that comes twice is read as the first of the two. Where they
/// go forward, a time of day that does not come is refused, because it was not that zone's time.
package struct AssumedTimeZone: Sendable {
    /// The IANA name.
    package let identifier: String
    private let zone: TimeZone
    private var lastLocalDay = Int64.min
    private var lastOffset: Int64 = 0

    /// - Parameter identifier: An IANA name, such as `Europe/Berlin`.
    /// - Throws: `IngestError.invalidOption` where no such zone is known.
    package init(_ identifier: String) throws(IngestError) {
        guard let zone = TimeZone(identifier: identifier) else {
            throw .invalidOption(
                "--assume-time-zone \(identifier): no such time zone; give an IANA name such as "
                    + "Europe/Berlin or UTC."
            )
        }
        self.identifier = identifier
        self.zone = zone
    }

    /// Seconds since 1970-01-01T00:00:00Z at a local time, given as if it were UTC.
    mutating func secondsSinceEpoch(atLocal local: Int64) throws(InstantError) -> Int64 {
        let secondsPerDay: Int64 = 86_400
        let remainder = local % secondsPerDay
        let localDay = local - (remainder < 0 ? remainder + secondsPerDay : remainder)
        if localDay == lastLocalDay { return local - lastOffset }

        // No offset is larger than a day, so any change that touches this day shows between these.
        let before = offset(at: localDay - secondsPerDay)
        let after = offset(at: localDay + 2 * secondsPerDay)
        if before == after {
            lastLocalDay = localDay
            lastOffset = before
            return local - before
        }
        let candidates = [local - before, local - after].filter { local - offset(at: $0) == $0 }
        guard let first = candidates.min() else { throw .skippedByClockChange }
        return first
    }

    private func offset(at seconds: Int64) -> Int64 {
        let date = Date(timeIntervalSince1970: TimeInterval(seconds))
        return Int64(zone.secondsFromGMT(for: date))
    }
}
