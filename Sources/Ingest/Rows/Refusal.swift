import Evaluation

/// Why a row is rejected: the part of a `Reject` that decoding its values finds out.
struct Refusal: Error {
    /// Gnomon's name of the column.
    var field: String
    var value: String
    var reason: String

    init(field: String, value: String, reason: String) {
        self.field = field
        self.value = value
        self.reason = reason
    }

    /// Refuses one value of a row.
    init(_ field: Field, _ bytes: borrowing Span<UInt8>, of name: String, _ reason: String) {
        self.field = name
        self.reason = reason
        value =
            switch field.kind {
            case .missing: ""
            case .array: "[…]"
            case .object: "{…}"
            default:
                UTF8Text.text(bytes, from: field.from, to: field.to, limit: Reject.valueBytes)
            }
    }
}
