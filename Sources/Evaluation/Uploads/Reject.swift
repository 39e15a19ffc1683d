/// A row that was not accepted, and why.
package struct Reject: Sendable, Equatable {
    /// The 1-based line of the file that the row starts on.
    package var line: Int64
    /// The column, by Gnomon's name for it; empty where the whole row is at fault.
    package var field: String
    /// The value as given, cut to `valueBytes`.
    package var value: String
    /// A full sentence: what is allowed.
    package var reason: String
    /// The row as given, cut to 64 KiB, so that it can be mended and sent again.
    package var row: String
    /// The name of the input that the row is from; lines are counted in it.
    package var file: String

    /// How much of a value is kept, in bytes.
    package static let valueBytes = 200

    package init(
        line: Int64,
        field: String,
        value: String,
        reason: String,
        row: String,
        file: String = ""
    ) {
        self.line = line
        self.field = field
        self.value = value
        self.reason = reason
        self.row = row
        self.file = file
    }
}
