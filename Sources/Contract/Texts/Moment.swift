package import Evaluation

/// An instant, or a date of the task's calendar, as an option gives it.
package enum Moment: Sendable, Equatable {
    case instant(Instant)
    case date(CivilDate)

    /// - Parameter text: `2013-06-24` or `2013-06-24T10:00:00Z`.
    /// - Throws: `TextError` that says what is allowed.
    package init(_ text: String) throws {
        if let date = try Self.date(text) {
            self = .date(date)
            return
        }
        do {
            self = .instant(try Instant(parsing: text))
        } catch {
            throw TextError(
                "\(error.reason) A date alone, such as 2013-06-24, is the start of that "
                    + "day in the task's time zone."
            )
        }
    }

    /// The instant: of a date the first of the day in a time zone.
    package func instant(in zone: NamedZone) throws -> Instant {
        switch self {
        case .instant(let instant): instant
        case .date(let date): Instant(seconds: try zone.timeBuckets(.day).startOfDay(date.day))
        }
    }

    package func instant(in task: PredictionTask) throws -> Instant {
        try instant(in: task.timeZone)
    }

    /// The text that is read as the same moment.
    package var text: String {
        switch self {
        case .instant(let instant): instant.iso8601
        case .date(let date): date.iso8601
        }
    }

    private static func date(_ text: String) throws -> CivilDate? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 10, parts.map(\.count) == [4, 2, 2],
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        let date = CivilDate(year: year, month: month, dayOfMonth: day)
        guard year >= 1, (1...12).contains(month), CivilDate(day: date.day) == date else {
            throw TextError("The date does not exist in the calendar.")
        }
        return date
    }
}

extension Moment? {
    package func instant(in task: PredictionTask) throws -> Instant? {
        try map { try $0.instant(in: task) }
    }
}
