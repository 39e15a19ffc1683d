import Evaluation

/// A file that says whom to forget: CSV with one column, `prediction_id` or `entity`.
package struct SubjectFile: Sendable, Equatable {
    package enum Column: String, Sendable, CaseIterable {
        case predictionID = "prediction_id"
        case entity
    }

    package var column: Column
    /// In the order of the file, each once; blank lines are passed over.
    package var names: [String]

    /// - Parameters:
    ///   - bytes: Of the file.
    ///   - name: What errors call the file.
    /// - Throws: `IngestError` where it is empty, has other columns, or a line that is no text.
    package init(_ bytes: [UInt8], name: String) throws(IngestError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .wrongEncoding(name, line: 1, found: "bytes that are not UTF-8")
        }
        let utf8 = Array(
            text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? text.utf8.dropFirst(3) : text.utf8[...]
        )
        var scanner = CSVScanner(limits: IngestLimits())
        var position = 0
        var line: Int64 = 0
        var column: Column?
        var names: [String] = []
        var seen: Set<[UInt8]> = []
        while position < utf8.count {
            line += 1
            let outcome = scanner.scan(utf8.span, from: position, to: utf8.count, isLast: true)
            guard case .row(_, let next) = outcome else {
                throw .invalidColumns(name, line: line, problem: "a quote is in the wrong place.")
            }
            guard !scanner.content.hasZeroByte else {
                throw .invalidColumns(name, line: line, problem: "it has the character U+0000.")
            }
            position = next
            let fields =
                scanner.isUnescaped
                ? scanner.texts(in: scanner.unescaped.span) : scanner.texts(in: utf8.span)
            guard fields.contains(where: { !$0.isEmpty }) else { continue }
            guard fields.count == 1 else {
                throw .invalidColumns(
                    name,
                    line: line,
                    problem:
                        "there are \(fields.count) columns; there has to be one, \(Self.columns)."
                )
            }
            guard column != nil else {
                column = Column(rawValue: fields[0].lowercased())
                guard column != nil else {
                    throw .invalidColumns(
                        name,
                        line: line,
                        problem: "the first line has to be the name of the column, \(Self.columns)."
                    )
                }
                continue
            }
            if seen.insert(Array(fields[0].utf8)).inserted { names.append(fields[0]) }
        }
        guard let column, !names.isEmpty else { throw .empty(name) }
        self.column = column
        self.names = names
    }

    private static let columns = Column.allCases.map(\.rawValue).joined(separator: " or ")
}
