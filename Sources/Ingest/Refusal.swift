/// Why a row is rejected: the part of a `Reject` that decoding its values finds out.
struct Refusal: Error {
    /// Gnomon's name of the column.
    var field: String
    var value: String
    var reason: String
}
