/// What a command says to a person: headings, paragraphs, tables, at most 100 columns wide.
struct Document: Sendable {
    enum Block: Sendable {
        case heading(String)
        case paragraph(String, TextStyle.Emphasis)
        /// A paragraph that starts with a mark and goes on under its text.
        case item(String)
        case table(TextTable)
        /// Lines as they are.
        case lines([String])
        case space
    }

    static let width = 100

    private var blocks: [Block] = []

    init() {}

    mutating func heading(_ text: String) { blocks.append(.heading(text)) }
    mutating func paragraph(_ text: String, _ emphasis: TextStyle.Emphasis = .none) {
        blocks.append(.paragraph(text, emphasis))
    }
    mutating func item(_ text: String) { blocks.append(.item(text)) }
    mutating func table(_ table: TextTable) { blocks.append(.table(table)) }
    mutating func lines(_ lines: [String]) { blocks.append(.lines(lines)) }
    mutating func space() { blocks.append(.space) }
    mutating func append(_ other: Document) { blocks += other.blocks }

    /// The text, with a line feed at the end of each line.
    func text(style: TextStyle = .plain) -> String {
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
        case .lines(let lines): lines
        case .space: [""]
        }
    }

    /// Breaks a text at its spaces; a word that is wider than a line is cut.
    static func wrapped(_ text: String, width: Int = Document.width) -> [String] {
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
