import Evaluation

/// Numbers the combinations of names that rows have in some columns.
struct NameDictionary: Sendable {
    private let roles: [ColumnRole]
    private let names: [Name]
    // By position in `roles`.
    private var columns: [Int]
    private var constants: [[UInt8]]
    private var interner = ByteInterner()

    init(roles: [ColumnRole], names: [Name]) {
        self.roles = roles
        self.names = names
        columns = roles.map { _ in ColumnFinder.none }
        constants = roles.map { _ in [] }
    }

    /// Prepares for the columns of a file.
    ///
    /// - Throws: `IngestError.invalidOption` where the name that holds for every row cannot be given.
    mutating func use(_ finder: ColumnFinder, limit: Int) throws(IngestError) {
        columns = roles.map { finder.column(for: $0) }
        constants = roles.map { finder.constant(for: $0) }
        for (name, constant) in zip(names, constants) where !constant.isEmpty {
            let text = String(decoding: constant, as: UTF8.self)
            if let fault = NameFault(in: text) {
                throw .invalidOption(
                    "\(setting: "set", given: "\(name)=\(text)"): the \(name) \(fault.reason)"
                )
            }
            if constant.count > limit {
                throw .invalidOption(
                    """
                    \(setting: "set", given: "\(name)=\(text)"): the \(name) has \(constant.count) bytes; at most \
                    \(limit) are allowed.
                    """
                )
            }
        }
    }

    /// Checks the names of a row; where the first is required, it must not be empty.
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
            try ValueCheck.name(field, bytes, limit: limit) { names[index].text }
            if isFirstRequired, index == 0, field.isAbsent {
                throw Refusal(
                    field,
                    bytes,
                    of: names[index].text,
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

    /// The names that a row has.
    func names(_ bytes: borrowing Span<UInt8>, _ fields: borrowing Span<Field>) -> [Name] {
        var found: [Name] = []
        for (column, constant) in zip(columns, constants) {
            if column < 0 {
                found.append(Name(String(decoding: constant, as: UTF8.self)))
            } else {
                let field = fields[column]
                found.append(
                    field.isAbsent
                        ? .empty : Name(UTF8Text.text(bytes, from: field.from, to: field.to))
                )
            }
        }
        return found
    }
}
