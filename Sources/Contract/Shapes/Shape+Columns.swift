/// An object as a line of CSV: members that hold one value, or a list of texts or numbers, are its columns.
extension Shape {
    package var columnNames: [String] { columns.map(\.name) }

    /// The cells of a value under `columnNames`; null where it has no such member.
    package func cells(_ value: Value) -> [JSONValue] {
        columns.map { ($0.read(value) ?? .null).cell }
    }
}

extension JSONValue {
    /// The value for one field: of a list, what it holds with semicolons between.
    fileprivate var cell: JSONValue {
        guard case .array(let values) = self else { return self }
        return .string(
            values.map { if case .string(let text) = $0 { text } else { $0.inline } }
                .joined(separator: ";")
        )
    }
}
