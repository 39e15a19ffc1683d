/// One value of a row: where its text stands, and what it is.
struct Field: Sendable {
    enum Kind: UInt8, Sendable {
        /// The row does not have the column; happens in NDJSON only.
        case missing
        case text
        /// A number token of JSON, in the text it was written in.
        case number
        case `true`
        case `false`
        case null
        case array
        case object
    }

    var start: Int32
    var end: Int32
    var kind: Kind

    init(from start: Int, to end: Int, kind: Kind) {
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
        self.kind = kind
    }

    static let missing = Field(from: 0, to: 0, kind: .missing)

    var from: Int { Int(start) }
    var to: Int { Int(end) }
    var count: Int { Int(end - start) }
    var isEmpty: Bool { start == end }
    /// Whether the row says nothing for the column.
    var isAbsent: Bool {
        switch kind {
        case .missing, .null: true
        case .text: isEmpty
        default: false
        }
    }
}
