/// Why a text is not an instant.
package enum InstantError: WordedError, Equatable, CaseIterable {
    case empty
    case notISO8601
    case dateOnly
    case noSuchDate
    case noSuchTime
    case noOffset
    case offsetOutOfRange
    case notALeapSecond
    case skippedByClockChange
    case repeatedByClockChange

    /// What is allowed, as a full sentence, as the reject of a row says it.
    package var reason: String { description }

    package var wording: Wording {
        switch self {
        case .empty:
            "The time is empty; write a date, a time and an offset, such as \(Self.example)."
        case .notISO8601:
            "The time is not in ISO 8601; write a date, a time and an offset, such as \(Self.example)."
        case .dateOnly:
            "The time is only a date; add a time of day and an offset, such as \(Self.example)."
        case .noSuchDate:
            "The date does not exist in the calendar; months have 28 to 31 days."
        case .noSuchTime:
            "The time of day does not exist; hours go to 23, minutes and seconds to 59."
        case .noOffset:
            """
            The time has no offset from UTC; write Z or an offset such as +02:00, or pass \
            \(setting: "assume_time_zone").
            """
        case .offsetOutOfRange:
            "The offset from UTC is out of range; it may be -18:00 to +18:00."
        case .notALeapSecond:
            "Second 60 exists only as a leap second, at 23:59:60 UTC on 30 June or 31 December."
        case .skippedByClockChange:
            """
            The time does not exist in the assumed time zone: the clocks skipped it when they went forward.
            """
        case .repeatedByClockChange:
            """
            The time came twice in the assumed time zone, because clocks went back; write an offset, or say which is \
            meant with \(setting: "repeated_hour") first or second.
            """
        }
    }

    private static let example = "2013-05-24T14:29:00Z"
}
