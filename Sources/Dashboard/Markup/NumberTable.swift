package import Contract
import Presentation

/// Numbers with what they are shown as: a table of a page, and the file that holds the same.
package struct NumberTable: Sendable {
    package struct Column: Sendable {
        /// In the file.
        package var name: String
        /// On the page; `nil` where it is shown in another column.
        package var title: String?
        package var isNumber: Bool

        package static func text(_ name: String, _ title: String?) -> Column {
            Column(name: name, title: title, isNumber: false)
        }

        package static func number(_ name: String, _ title: String?) -> Column {
            Column(name: name, title: title, isNumber: true)
        }
    }

    package struct Cell: Sendable {
        package var text: String
        package var value: JSONValue
        package var address: PageAddress?
        package var badge: Badge?

        package init(
            _ text: String,
            _ value: JSONValue,
            address: PageAddress? = nil,
            badge: Badge? = nil
        ) {
            self.text = text
            self.value = value
            self.address = address
            self.badge = badge
        }

        package init(_ text: String) {
            self.init(text, .string(text))
        }
    }

    package var columns: [Column]
    package var rows: [[Cell]] = []

    package init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Rows of a page; the file has all.
    private static let shownRows = 60

    /// The table in a box of that name, in which it scrolls.
    package func html(label: String) -> HTML {
        let shown = columns.indices.filter { columns[$0].title != nil }
        let head = shown.map { index -> HTML in
            let side: HTML = columns[index].isNumber ? " class=\"n\"" : ""
            return "<th scope=\"col\"\(side)>\(columns[index].title ?? "")</th>"
        }
        let body = rows.suffix(Self.shownRows).map { row -> HTML in
            "<tr>\(shown.map { cell(row[$0], columns[$0], isFirst: $0 == shown.first) })</tr>"
        }
        var note: HTML = .empty
        if rows.count > Self.shownRows {
            note = """
                <caption>The last \(Self.shownRows) of \(rows.count) rows; the CSV file has all.</caption>
                """
        }
        return """
            <div class="scroll" role="region" aria-label="\(label), numbers" tabindex="0"><table>\(note)\
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(HTML(body))
            </tbody></table></div>
            """
    }

    private func cell(_ cell: Cell, _ column: Column, isFirst: Bool) -> HTML {
        let side: HTML = column.isNumber ? " class=\"n\"" : ""
        var raw: HTML = .empty
        switch cell.value {
        case .number, .integer: raw = " data-value=\"\(cell.value.inline)\""
        default: break
        }
        var content: HTML = "\(cell.text)"
        if let badge = cell.badge { content = badge.html }
        if let address = cell.address { content = "<a href=\"\(address.text)\">\(content)</a>" }
        return isFirst
            ? "<th scope=\"row\"\(side)\(raw)>\(content)</th>" : "<td\(side)\(raw)>\(content)</td>"
    }

    package var csv: String {
        var table = CSVTable(columns.map(\.name))
        table.rows = rows.map { $0.map(\.value) }
        return table.text
    }
}
