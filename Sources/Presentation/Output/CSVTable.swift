package import Contract

/// Rows under a header, as RFC 4180 writes them, with a line feed at the end of each line.
package struct CSVTable: Sendable, Equatable {
    package var header: [String]
    package var rows: [[JSONValue]] = []

    package init(_ header: [String]) {
        self.header = header
    }

    package var text: String {
        let lines = [header.map(Self.field)] + rows.map { $0.map(Self.field) }
        return lines.map { $0.joined(separator: ",") + "\n" }.joined()
    }

    private static func field(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): field(text)
        default: field(value.inline)
        }
    }

    private static func field(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
            return text
        }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
