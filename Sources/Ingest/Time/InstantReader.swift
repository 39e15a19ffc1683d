import Evaluation

/// Reads the instants of rows, and refuses those of years that no upload is about.
struct InstantReader: Sendable {
    private var parser: InstantParser
    private let years: ClosedRange<Int>
    private let earliest: Instant
    private let latest: Instant
    private let present: Instant?
    private let rowsFrom: Instant?

    init(options: IngestOptions) {
        parser = InstantParser(assuming: options.assumedTimeZone)
        years = options.limits.years
        present = options.present
        rowsFrom = options.rowsFrom
        func start(ofYear year: Int) -> Instant {
            Instant(seconds: 86_400 * Int64(CivilDate(year: year, month: 1, dayOfMonth: 1).day))
        }
        earliest = start(ofYear: years.lowerBound)
        latest = start(ofYear: years.upperBound + 1)
    }

    /// Reads an instant; the column's name is a closure because it is seldom needed.
    mutating func read(
        _ field: Field,
        _ bytes: borrowing Span<UInt8>,
        isKnowledge: Bool,
        _ name: () -> String
    ) throws(Refusal) -> Instant {
        let instant: Instant
        do throws(InstantError) {
            switch field.kind {
            case .text, .number:
                instant = try parser.parse(bytes, from: field.from, to: field.to)
            case .missing, .null: throw .empty
            default: throw .notISO8601
            }
        } catch {
            throw Refusal(field, bytes, of: name(), error.reason)
        }
        guard instant >= earliest, instant < latest else {
            throw Refusal(
                field,
                bytes,
                of: name(),
                "The year must be from \(years.lowerBound) to \(years.upperBound)."
            )
        }
        if let present {
            try check(instant, present, field, bytes, isKnowledge: isKnowledge, name)
        }
        return instant
    }

    /// Refuses an instant of a prediction whose rows are no longer kept.
    func checkKept(
        _ instant: Instant,
        _ field: Field,
        _ bytes: borrowing Span<UInt8>,
        _ name: () -> String
    ) throws(Refusal) {
        guard let rowsFrom, instant < rowsFrom else { return }
        throw Refusal(
            field,
            bytes,
            of: name(),
            "Rows of predictions before \(rowsFrom.iso8601) are no longer kept (the task's retention)."
        )
    }

    private func check(
        _ instant: Instant,
        _ present: Instant,
        _ field: Field,
        _ bytes: borrowing Span<UInt8>,
        isKnowledge: Bool,
        _ name: () -> String
    ) throws(Refusal) {
        // Clocks of callers may be a little ahead, and time zones mistaken.
        let limit = isKnowledge ? present : present.advanced(bySeconds: 86_400)
        guard instant > limit else { return }
        throw Refusal(
            field,
            bytes,
            of: name(),
            isKnowledge
                ? "The row cannot have become known in the future; it is now \(present.iso8601)."
                : "The time lies more than a day in the future; it is now \(present.iso8601)."
        )
    }
}
