import Evaluation
import Ingest

/// The rows of several bodies, one behind the other.
///
/// Blank lines are no rows and are left out: a row is told by its number among the rows, and found again by
/// its line in the body that it came from.
struct GroupedRows: Sendable {
    struct Row: Sendable {
        /// NDJSON with its line feed.
        var line: ArraySlice<UInt8>
        /// The body that it is of.
        var part: Int
        /// Its line in that body, from 1 on.
        var number: Int64
    }

    private(set) var all: [Row] = []

    /// What rejects call a body.
    static let name = "the body"

    /// - Parameter parts: NDJSON, each line with its line feed.
    init(_ parts: [[UInt8]]) {
        for (part, lines) in parts.enumerated() {
            var start = lines.startIndex
            var number: Int64 = 0
            while start < lines.endIndex {
                let feed = lines[start...].firstIndex(of: 0x0A) ?? lines.endIndex - 1
                number += 1
                let line = lines[start...feed]
                if line.contains(where: { $0 > 0x20 }) {
                    all.append(Row(line: line, part: part, number: number))
                }
                start = feed + 1
            }
        }
    }
}

extension GroupedRows.Row {
    /// The row as one that is not kept.
    func reject(line number: Int64, because reason: String) -> Reject {
        let text = line.prefix(IngestLimits().rejectRowBytes)
        return Reject(
            line: number,
            field: "",
            value: "",
            reason: reason,
            row: String(decoding: text.split(separator: 0x0A).first ?? [], as: UTF8.self),
            file: GroupedRows.name
        )
    }
}
