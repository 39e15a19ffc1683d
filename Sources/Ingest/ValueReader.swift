import Evaluation

/// The checks that values of predictions and labels have in common.
struct ValueReader: Sendable {
    let limits: IngestLimits
    private var instants: InstantParser
    private let earliest: Instant
    private let latest: Instant

    init(options: IngestOptions) {
        limits = options.limits
        instants = InstantParser(assuming: options.assumedTimeZone)
        func start(ofYear year: Int) -> Instant {
            Instant(seconds: 86_400 * Int64(CivilDate.daysSinceEpoch(year: year, month: 1, day: 1)))
        }
        earliest = start(ofYear: limits.years.lowerBound)
        latest = start(ofYear: limits.years.upperBound + 1)
    }

    func refusal(
        _ name: String,
        _ field: Field,
        _ bytes: borrowing Span<UInt8>,
        _ reason: String
    ) -> Refusal {
        let value =
            switch field.kind {
            case .missing: ""
            case .array: "[…]"
            case .object: "{…}"
            default:
                UTF8Text.text(
                    bytes,
                    from: field.from,
                    to: field.to,
                    limit: limits.rejectValueBytes
                )
            }
        return Refusal(field: name, value: value, reason: reason)
    }

    /// Checks the id of a prediction.
    func checkID(_ field: Field, _ bytes: borrowing Span<UInt8>) throws(Refusal) {
        guard field.kind == .text || field.kind == .number, !field.isEmpty else {
            throw refusal(
                "prediction_id",
                field,
                bytes,
                "The prediction id must be a text of 1 to \(limits.idBytes) bytes."
            )
        }
        guard field.to - field.from <= limits.idBytes else {
            throw refusal(
                "prediction_id",
                field,
                bytes,
                "The prediction id has \(field.to - field.from) bytes; at most \(limits.idBytes) "
                    + "are allowed."
            )
        }
    }

    mutating func instant(
        _ name: String,
        _ field: Field,
        _ bytes: borrowing Span<UInt8>
    ) throws(Refusal) -> Instant {
        guard field.kind == .text || field.kind == .number else {
            throw refusal(
                name,
                field,
                bytes,
                field.kind == .missing || field.kind == .null
                    ? InstantError.empty.reason : InstantError.notISO8601.reason
            )
        }
        let instant: Instant
        do throws(InstantError) {
            instant = try instants.parse(bytes, from: field.from, to: field.to)
        } catch {
            throw refusal(name, field, bytes, error.reason)
        }
        guard instant >= earliest, instant < latest else {
            throw refusal(
                name,
                field,
                bytes,
                "The year must be from \(limits.years.lowerBound) to \(limits.years.upperBound)."
            )
        }
        return instant
    }

    /// Reads a number from `lowest` to `highest`; infinite bounds mean that any finite number will do.
    func number(
        _ name: String,
        _ field: Field,
        _ bytes: borrowing Span<UInt8>,
        from lowest: Double,
        to highest: Double
    ) throws(Refusal) -> Double {
        let number: Double
        do throws(DecimalParser.Failure) {
            number = try parse(field, bytes)
        } catch {
            throw refusal(
                name,
                field,
                bytes,
                reason(name, error, field: field, lowest, highest)
            )
        }
        guard number >= lowest, number <= highest else {
            throw refusal(
                name,
                field,
                bytes,
                reason(name, .outOfRange, field: field, lowest, highest)
            )
        }
        // Negative zero becomes zero, so that equal numbers have equal bits.
        return number + 0
    }

    private func parse(
        _ field: Field,
        _ bytes: borrowing Span<UInt8>
    ) throws(DecimalParser.Failure) -> Double {
        switch field.kind {
        case .text, .number: try DecimalParser.parse(bytes, from: field.from, to: field.to)
        case .missing, .null: throw .empty
        default: throw .notANumber
        }
    }

    private func reason(
        _ name: String,
        _ failure: DecimalParser.Failure,
        field: Field,
        _ lowest: Double,
        _ highest: Double
    ) -> String {
        let allowed =
            if highest.isFinite {
                "a number from \(Int(lowest)) to \(Int(highest))"
            } else if lowest.isFinite {
                "a finite number, \(Int(lowest)) or more"
            } else {
                "a finite number"
            }
        return switch failure {
        case .empty: "The \(name) is missing; it must be \(allowed)."
        case .notANumber: "The \(name) is not a number; it must be \(allowed), such as 0.37."
        case .decimalComma: "The \(name) has a decimal comma; write it with a point, such as 0.37."
        case .notFinite: "The \(name) is not finite; it must be \(allowed)."
        case .outOfRange: "The \(name) is out of range; it must be \(allowed)."
        }
    }

    /// Checks a text that may be empty.
    func checkText(
        _ name: String,
        _ field: Field,
        _ bytes: borrowing Span<UInt8>,
        limit: Int
    ) throws(Refusal) {
        guard field.kind != .array, field.kind != .object else {
            throw refusal(name, field, bytes, "The \(name) must be a text or a number.")
        }
        guard field.to - field.from <= limit else {
            throw refusal(
                name,
                field,
                bytes,
                "The \(name) has \(field.to - field.from) bytes; at most \(limit) are allowed."
            )
        }
    }
}
