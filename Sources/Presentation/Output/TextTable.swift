/// A table of aligned columns; one that would be too wide goes on in parts below each other.
package struct TextTable: Sendable {
    package enum Alignment: Sendable {
        case left
        case right
    }

    package struct Column: Sendable {
        package var title: String
        package var alignment: Alignment
        /// Whether the column comes again in every part of a table that is too wide.
        package var isRepeated: Bool
        /// Longer texts are cut.
        package var limit: Int

        package static func left(
            _ title: String,
            repeated: Bool = false,
            limit: Int = 40
        ) -> Column {
            Column(title: title, alignment: .left, isRepeated: repeated, limit: limit)
        }

        package static func right(
            _ title: String,
            repeated: Bool = false,
            limit: Int = 40
        ) -> Column {
            Column(title: title, alignment: .right, isRepeated: repeated, limit: limit)
        }
    }

    package struct Cell: Sendable, ExpressibleByStringLiteral {
        package var text: String
        package var emphasis: TextStyle.Emphasis

        package init(_ text: String, _ emphasis: TextStyle.Emphasis = .none) {
            var text = Sanitized.line(text)
            while text.last == " " { text.removeLast() }
            self.text = text
            self.emphasis = emphasis
        }

        package init(stringLiteral value: String) {
            self.init(value)
        }
    }

    private let columns: [Column]
    private var rows: [[Cell]] = []

    package init(_ columns: [Column]) {
        self.columns = columns
    }

    package mutating func add(_ cells: [Cell]) {
        let missing = max(0, columns.count - cells.count)
        rows.append(
            cells.prefix(columns.count) + Array(repeating: Cell(""), count: missing)
        )
    }

    package var isEmpty: Bool { rows.isEmpty }

    private static let gap = 2

    /// How wide the table is in one part.
    package var width: Int { width(of: Array(columns.indices), widths) }

    /// - Returns: The lines, none wider than `width` unless the repeated columns alone are.
    package func lines(width: Int, style: TextStyle) -> [String] {
        let widths = widths
        return parts(width, widths).enumerated().flatMap { index, part in
            (index > 0 ? [""] : []) + lines(of: part, widths, style)
        }
    }

    private var widths: [Int] {
        columns.indices.map { index in
            let texts = [columns[index].title] + rows.map { $0[index].text }
            return min(columns[index].limit, texts.map(\.count).max() ?? 0)
        }
    }

    private func width(of part: [Int], _ widths: [Int]) -> Int {
        part.reduce(0) { $0 + widths[$1] } + max(0, part.count - 1) * Self.gap
    }

    /// The columns of each part.
    private func parts(_ limit: Int, _ widths: [Int]) -> [[Int]] {
        let fixed = columns.indices.filter { columns[$0].isRepeated }
        var parts: [[Int]] = []
        var part = fixed
        for index in columns.indices where !columns[index].isRepeated {
            if part.count > fixed.count, width(of: part + [index], widths) > limit {
                parts.append(part)
                part = fixed
            }
            part.append(index)
        }
        parts.append(part)
        return parts.map { $0.sorted() }
    }

    private func lines(of part: [Int], _ widths: [Int], _ style: TextStyle) -> [String] {
        let titles = columns.map { Cell($0.title, .heading) }
        let header = columns.allSatisfy { $0.title.isEmpty } ? [] : [titles]
        return (header + rows).map { row in
            var line = ""
            var pending = 0
            for (position, index) in part.enumerated() {
                let text = Self.cut(row[index].text, widths[index])
                let padding = widths[index] - text.count
                let before = columns[index].alignment == .right ? padding : 0
                if !text.isEmpty {
                    line += String(repeating: " ", count: pending + before)
                    line += style.apply(row[index].emphasis, to: text)
                    pending = padding - before
                } else {
                    pending += widths[index]
                }
                if position < part.count - 1 { pending += Self.gap }
            }
            return line
        }
    }

    package static func cut(_ text: String, _ limit: Int) -> String {
        text.count <= limit ? text : text.prefix(max(0, limit - 1)) + "…"
    }
}

/// Text from outside, made fit for a line on a terminal.
package enum Sanitized {
    /// Control characters, which could move the cursor or break the line, become spaces.
    package static func line(_ text: String) -> String {
        let isClean = text.unicodeScalars.allSatisfy { !isControl($0) }
        guard !isClean else { return text }
        return String(
            String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 })
        )
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
