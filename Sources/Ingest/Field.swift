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

    static let missing = Field(start: 0, end: 0, kind: .missing)

    var from: Int { Int(start) }
    var to: Int { Int(end) }
    var isEmpty: Bool { start == end }
}
