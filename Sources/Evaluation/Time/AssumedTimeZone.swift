/// The time zone in which times without an offset are read.
///
/// Where clocks go forward, some times of day do not come, and are refused because they were not that zone's
/// time. Where clocks go back, some come twice, and are refused as well, unless it is said which of the two
/// is meant.
package struct AssumedTimeZone: Sendable {
    /// The IANA name.
    package let identifier: String
    /// `nil` refuses what comes twice.
    package let repeatedHour: RepeatedHour?
    private let zone: ZoneRules

    package init(identifier: String, zone: ZoneRules, repeatedHour: RepeatedHour? = nil) {
        self.identifier = identifier
        self.repeatedHour = repeatedHour
        self.zone = zone
    }

    /// Seconds since 1970-01-01T00:00:00Z at a local time, given as if it were UTC.
    func secondsSinceEpoch(atLocal local: Int64) throws(InstantError) -> Int64 {
        switch zone.localTime(local) {
        case .skipped: throw .skippedByClockChange
        case .once(let second): return second
        case .repeated(let first, let second):
            switch repeatedHour {
            case .first: return first
            case .second: return second
            case nil: throw .repeatedByClockChange
            }
        }
    }
}

/// Which is meant of a local time that comes twice, because clocks went back.
package enum RepeatedHour: String, Sendable, CaseIterable {
    /// Before they went back.
    case first
    /// After they went back.
    case second
}
