/// Numbers the combinations of texts that rows have in some columns.
struct TextDictionary: Sendable {
    private let roles: [ColumnRole]
    private let names: [String]
    // By position in `roles`.
    private var columns: [Int]
    private var constants: [[UInt8]]
    private var interner = ByteInterner()

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

    /// Checks the texts of a row; where the first is required, it must not be empty.
    func check(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        limit: Int,
        isFirstRequired: Bool = false
    ) throws(Refusal) {
        for index in columns.indices {
            if columns[index] < 0, index > 0 || !isFirstRequired || !constants[index].isEmpty {
                continue
            }
            let field = columns[index] < 0 ? .missing : fields[columns[index]]
            try ValueCheck.text(field, bytes, limit: limit) { names[index] }
            if isFirstRequired, index == 0, field.isAbsent {
                throw Refusal(
                    field,
                    bytes,
                    of: names[index],
                    "The \(names[index]) is missing; it must be a text."
                )
            }
        }
    }

    /// The number of the combination that a row has, and whether it was given just now.
    ///
    /// Constants take no part: they are the same for all files of an upload.
    mutating func intern(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) -> (index: Int32, isNew: Bool) {
        interner.intern(bytes, fields, columns)
    }

    /// The texts that a row has.
    func texts(_ bytes: borrowing Span<UInt8>, _ fields: borrowing Span<Field>) -> [String] {
        var texts: [String] = []
        for (column, constant) in zip(columns, constants) {
            if column < 0 {
                texts.append(String(decoding: constant, as: UTF8.self))
            } else {
                let field = fields[column]
                texts.append(
                    field.isAbsent ? "" : UTF8Text.text(bytes, from: field.from, to: field.to)
                )
            }
        }
        return texts
    }
}
