/// What a command says to a person: headings, paragraphs, tables, at most 100 columns wide.
package struct Document: Sendable {
    package enum Block: Sendable {
        case heading(String)
        case paragraph(String, TextStyle.Emphasis)
        /// A paragraph that starts with a mark and goes on under its text.
        case item(String)
        case table(TextTable)
        /// Names with what they mean, which goes on under itself.
        case terms([Term])
        /// Lines as they are.
        case lines([String])
        case space
    }

    package struct Term: Sendable {
        package var name: String
        package var text: String

        package init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    package static let width = 100

    private var blocks: [Block] = []

    package init() {}

    package mutating func heading(_ text: String) { blocks.append(.heading(text)) }
    package mutating func paragraph(_ text: String, _ emphasis: TextStyle.Emphasis = .none) {
        blocks.append(.paragraph(text, emphasis))
    }
    package mutating func item(_ text: String) { blocks.append(.item(text)) }
    package mutating func table(_ table: TextTable) { blocks.append(.table(table)) }
    package mutating func terms(_ terms: KeyValuePairs<String, String>) {
        self.terms(terms.map { Term(name: $0.key, text: $0.value) })
    }
    package mutating func terms(_ terms: [Term]) { blocks.append(.terms(terms)) }
    package mutating func lines(_ lines: [String]) { blocks.append(.lines(lines)) }
    package mutating func space() { blocks.append(.space) }
    package mutating func append(_ other: Document) { blocks += other.blocks }

    /// The text, with a line feed at the end of each line.
    package func text(style: TextStyle = .plain) -> String {
        blocks.flatMap { lines(of: $0, style) }.map { $0 + "\n" }.joined()
    }

    private func lines(of block: Block, _ style: TextStyle) -> [String] {
        switch block {
        case .heading(let text):
            Self.wrapped(text).map { style.apply(.heading, to: $0) }
        case .paragraph(let text, let emphasis):
            Self.wrapped(text).map { style.apply(emphasis, to: $0) }
        case .item(let text):
            Self.wrapped(text, width: Self.width - 2).enumerated().map {
                ($0.offset == 0 ? "• " : "  ") + $0.element
            }
        case .table(let table): table.lines(width: Self.width, style: style)
        case .terms(let terms): Self.lines(of: terms, style)
        case .lines(let lines): lines
        case .space: [""]
        }
    }

    private static func lines(of terms: [Term], _ style: TextStyle) -> [String] {
        let indent = 2 + (terms.map(\.name.count).max() ?? 0)
        return terms.flatMap { term in
            wrapped(term.text, width: width - indent).enumerated().map { index, line in
                let name = index == 0 ? term.name : ""
                let gap = String(repeating: " ", count: indent - name.count)
                return style.apply(.faint, to: name) + gap + line
            }
        }
    }

    /// Breaks a text at its spaces; a word that is wider than a line is cut.
    package static func wrapped(_ text: String, width: Int = Document.width) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in Sanitized.line(text).split(separator: " ", omittingEmptySubsequences: true) {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            var rest = Substring(word)
            while rest.count > width {
                lines.append(String(rest.prefix(width)))
                rest = rest.dropFirst(width)
            }
            line += (line.isEmpty ? "" : " ") + rest
        }
        if !line.isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }
}
