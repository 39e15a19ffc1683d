import Evaluation

/// The checks that values of predictions and labels have in common.
///
/// Names of columns are closures, because they are needed only where a value is refused.
enum ValueCheck {
    /// Checks the id of a prediction.
    static func id(
        _ field: Field,
        _ bytes: borrowing Span<UInt8>,
        limit: Int
    ) throws(Refusal) {
        let isScalar = field.kind == .text || field.kind == .number
        if isScalar, !field.isEmpty, field.count <= limit { return }
        throw Refusal(
            field,
            bytes,
            of: "prediction_id",
            "The prediction id must be a text of 1 to \(limit) bytes"
                + (field.count > limit ? "; this one has \(field.count)." : ".")
        )
    }

    /// Checks a text that may be empty.
    static func text(
        _ field: Field,
        _ bytes: borrowing Span<UInt8>,
        limit: Int,
        _ name: () -> String
    ) throws(Refusal) {
        guard field.kind != .array, field.kind != .object else {
            throw Refusal(
                field,
                bytes,
                of: name(),
                "The \(name()) must be a text or a number."
            )
        }
        guard field.count <= limit else {
            throw Refusal(
                field,
                bytes,
                of: name(),
                "The \(name()) has \(field.count) bytes; at most \(limit) are allowed."
            )
        }
    }

    /// Checks a name that may be missing.
    static func name(
        _ field: Field,
        _ bytes: borrowing Span<UInt8>,
        limit: Int,
        _ column: () -> String
    ) throws(Refusal) {
        try text(field, bytes, limit: limit, column)
        if field.isAbsent || isPlain(field, bytes) { return }
        let text = UTF8Text.text(bytes, from: field.from, to: field.to)
        guard let fault = NameFault(in: text) else { return }
        throw Refusal(field, bytes, of: column(), "The \(column()) \(fault.reason)")
    }

    /// Whether a text has ASCII characters alone, all of which are seen, and no blank at its ends.
    private static func isPlain(_ field: Field, _ bytes: borrowing Span<UInt8>) -> Bool {
        for position in field.from..<field.to where bytes[position] &- 0x20 > 0x5E { return false }
        return bytes[field.from] != 0x20 && bytes[field.to - 1] != 0x20
    }

    /// Reads a number from `lowest` to `highest`; infinite bounds mean that any finite number will do.
    static func number(
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
            throw Refusal(field, bytes, of: name(), reason(error, name(), lowest, highest))
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
}
