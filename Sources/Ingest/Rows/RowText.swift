/// A row that had been read, written again as a line of NDJSON.
///
/// What the database says about a row comes after its text has left memory; a row that is refused then is shown
/// and kept in this form, in which it can be sent again.
struct RowText {
    private var members: [String] = []

    mutating func append(_ name: String, text: String) {
        members.append(Self.quoted(name) + ":" + Self.quoted(text))
    }

    mutating func append(_ name: String, _ number: Double) {
        var writer = JSONWriter()
        writer.append(number)
        members.append(Self.quoted(name) + ":" + String(decoding: writer.bytes, as: UTF8.self))
    }

    mutating func appendNull(_ name: String) {
        members.append(Self.quoted(name) + ":null")
    }

    /// Appends what `DetailsWriter` wrote; quantiles are members of the row itself.
    mutating func append(details: String) {
        guard !details.isEmpty else { return }
        let inner = details.dropFirst().dropLast()
        guard let start = inner.firstRange(of: #""quantiles":{"#),
            let end = inner[start.upperBound...].firstIndex(of: "}")
        else {
            members.append(String(inner))
            return
        }
        // Every other piece between quotes is a level; values are numbers.
        let pieces = inner[start.upperBound..<end].split(
            separator: "\"",
            omittingEmptySubsequences: false
        )
        let quantiles = pieces.enumerated().map { index, piece in
            index.isMultiple(of: 2) ? String(piece) : "\"q_\(piece)\""
        }.joined()
        members.append(inner[..<start.lowerBound] + quantiles + inner[inner.index(after: end)...])
    }

    var text: String { "{" + members.joined(separator: ",") + "}" }

    private static func quoted(_ text: String) -> String {
        String(decoding: JSONWriter.name(text).dropLast(), as: UTF8.self)
    }
}
