package import Contract

/// Rows under a header, as RFC 4180 writes them, with a line feed at the end of each line.
///
/// Whoever opens a table in a spreadsheet reads names and rows that somebody else has sent. A cell that a
/// spreadsheet would take for a formula therefore begins with a single quote, and so that the quote can be
/// taken off again, a cell that begins with one gets another. Numbers stay as they are.
package struct CSVTable: Sendable, Equatable {
    package var header: [String]
    package var rows: [[JSONValue]] = []

    package init(_ header: [String]) {
        self.header = header
    }

    /// A line for each value, with the columns of its shape.
    package init<Value>(_ shape: Shape<Value>, _ values: [Value]) {
        header = shape.columnNames
        rows = values.map(shape.cells)
    }

    package var text: String {
        let lines = [header.map(Self.field)] + rows.map { $0.map(Self.field) }
        return lines.map { $0.joined(separator: ",") + "\n" }.joined()
    }

    private static func field(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): field(text)
        default: quoted(value.inline)
        }
    }

    private static func field(_ text: String) -> String {
        quoted(isFormula(text) ? "'" + text : text)
    }

    /// With which a spreadsheet takes a cell for a formula, or leaves it out before one; the wide forms are
    /// those of East Asian keyboards.
    private static let formulaStarts: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "'", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, formulaStarts.contains(first) else {
            return false
        }
        let isPlain = text.utf8.allSatisfy { "0123456789.eE+-".utf8.contains($0) }
        return !isPlain || Double(text) == nil
    }

    private static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
            return text
        }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
