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
        let isScalar = field.kind == .text || field.kind == .number
        if isScalar, !field.isEmpty, field.count <= limits.idBytes { return }
        throw refusal(
            "prediction_id",
            field,
            bytes,
            "The prediction id must be a text of 1 to \(limits.idBytes) bytes"
                + (field.count > limits.idBytes ? "; this one has \(field.count)." : ".")
        )
    }

    /// Reads an instant; the column's name is a closure because it is seldom needed.
    mutating func instant(
        _ field: Field,
        _ bytes: borrowing Span<UInt8>,
        _ name: () -> String
    ) throws(Refusal) -> Instant {
        let instant: Instant
        do throws(InstantError) {
            switch field.kind {
            case .text, .number:
                instant = try instants.parse(bytes, from: field.from, to: field.to)
            case .missing, .null: throw .empty
            default: throw .notISO8601
            }
        } catch {
            throw refusal(name(), field, bytes, error.reason)
        }
        guard instant >= earliest, instant < latest else {
            throw refusal(
                name(),
                field,
                bytes,
                "The year must be from \(limits.years.lowerBound) to \(limits.years.upperBound)."
            )
        }
        return instant
    }

    /// Reads a number from `lowest` to `highest`; infinite bounds mean that any finite number will do.
    func number(
        _ field: Field,
        _ bytes: borrowing Span<UInt8>,
        from lowest: Double,
        to highest: Double,
        _ name: () -> String
    ) throws(Refusal) -> Double {
        do throws(DecimalParser.Failure) {
            let number: Double
            switch field.kind {
            case .text, .number:
                number = try DecimalParser.parse(bytes, from: field.from, to: field.to)
            case .missing, .null: throw .empty
            default: throw .notANumber
            }
            guard number >= lowest, number <= highest else { throw .outOfRange }
            // Negative zero becomes zero, so that equal numbers have equal bits.
            return number + 0
        } catch {
            throw refusal(name(), field, bytes, Self.reason(error, name(), lowest, highest))
        }
    }

    private static func reason(
        _ failure: DecimalParser.Failure,
        _ name: String,
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
        _ field: Field,
        _ bytes: borrowing Span<UInt8>,
        limit: Int,
        _ name: () -> String
    ) throws(Refusal) {
        guard field.kind != .array, field.kind != .object else {
            throw refusal(name(), field, bytes, "The \(name()) must be a text or a number.")
        }
        guard field.count <= limit else {
            throw refusal(
                name(),
                field,
                bytes,
                "The \(name()) has \(field.count) bytes; at most \(limit) are allowed."
            )
        }
    }
}
