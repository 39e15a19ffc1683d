/// Numbers the combinations of texts that rows have in some columns.
struct TextDictionary: Sendable {
    private let roles: [ColumnRole]
    private let names: [String]
    // By position in `roles`.
    private var columns: [Int]
    private var constants: [[UInt8]]
    private var interner = ByteInterner()
    /// The last combination, each text followed by a byte that is none of UTF-8.
    private var text: [UInt8] = []
    private static let separator: UInt8 = 0xFF

    init(roles: [ColumnRole], names: [String]) {
        self.roles = roles
        self.names = names
        columns = roles.map { _ in ColumnFinder.none }
        constants = roles.map { _ in [] }
    }

    /// Prepares for the columns of a file.
    mutating func use(_ finder: ColumnFinder) {
        columns = roles.map { finder.column(for: $0) }
        constants = roles.map { finder.constant(for: $0) }
    }

    /// Checks the texts of a row.
    ///
    /// - Parameter isFirstRequired: Whether the first of the texts must not be empty.
    func check(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        _ values: ValueReader,
        isFirstRequired: Bool = false
    ) throws(Refusal) {
        for index in columns.indices where columns[index] >= 0 {
            let field = fields[columns[index]]
            try values.checkText(field, bytes, limit: values.limits.textBytes) { names[index] }
            if isFirstRequired, index == 0, field.isAbsent {
                throw values.refusal(
                    names[index],
                    field,
                    bytes,
                    "The \(names[index]) is missing; it must be a text."
                )
            }
        }
    }

    /// The number of the combination that a row has, and whether it was given just now.
    mutating func intern(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) -> (index: Int32, isNew: Bool) {
        text.removeAll(keepingCapacity: true)
        for index in columns.indices {
            if columns[index] < 0 {
                text.append(contentsOf: constants[index])
            } else {
                let field = fields[columns[index]]
                if !field.isAbsent { text.append(bytes, from: field.from, to: field.to) }
            }
            text.append(Self.separator)
        }
        return Self.intern(text, in: &interner)
    }

    /// The texts of the last combination.
    var lastTexts: [String] {
        text.split(separator: Self.separator, omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
    }

    // The text is an argument of its own, because its span locks the other members.
    private static func intern(
        _ text: borrowing [UInt8],
        in interner: inout ByteInterner
    ) -> (index: Int32, isNew: Bool) {
        interner.intern(text.span, from: 0, to: text.count)
    }
}
