import Evaluation

/// Where prediction ids come from: one column, or several that are joined.
///
/// Joined values are separated by `|`. A `|` within a value is written `\|` and a `\` is written `\\`, so that no
/// two different rows of values become the same id.
struct IDColumns: Sendable {
    private var columns: [Int] = [ColumnFinder.none]
    /// What the parts are called in the file.
    private let names: [Name]
    private let limit: Int

    /// The text of one id, until the next one is read.
    struct Text {
        /// The bytes of a joined id; `nil` where the id stands in the bytes of the row.
        fileprivate(set) var joined: [UInt8]?
        fileprivate(set) var from: Int
        fileprivate(set) var to: Int

        var count: Int { to - from }
    }

    init(options: IngestOptions) {
        names = options.mapping.idParts
        limit = options.limits.idBytes
    }

    /// Prepares for the columns of a file.
    mutating func use(_ finder: ColumnFinder) {
        columns =
            names.isEmpty
            ? [finder.column(for: .predictionID)]
            : names.indices.map { finder.column(for: .idPart($0)) }
    }

    /// The id of a row.
    func read(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) throws(Refusal) -> Text {
        guard !names.isEmpty else {
            let field = columns[0] < 0 ? Field.missing : fields[columns[0]]
            try ValueCheck.id(field, bytes, limit: limit)
            return Text(joined: nil, from: field.from, to: field.to)
        }
        var joined: [UInt8] = []
        for (index, column) in columns.enumerated() {
            let field = column < 0 ? Field.missing : fields[column]
            guard field.kind == .text || field.kind == .number, !field.isEmpty else {
                throw Refusal(
                    field,
                    bytes,
                    of: "prediction_id",
                    "\(names[index]), a part of the prediction id, must be a text or a number, and not "
                        + "empty."
                )
            }
            if index > 0 { joined.append(Self.separator) }
            for position in field.from..<field.to {
                let byte = bytes[position]
                if byte == Self.separator || byte == Self.escape { joined.append(Self.escape) }
                joined.append(byte)
            }
        }
        guard joined.count <= limit else {
            throw Refusal(
                field: "prediction_id",
                value: UTF8Text.text(
                    joined.span,
                    from: 0,
                    to: joined.count,
                    limit: Reject.valueBytes
                ),
                reason:
                    "The prediction id must be a text of 1 to \(limit) bytes; this one, joined from "
                    + "\(names.joined(separator: " and ")), has \(joined.count)."
            )
        }
        let count = joined.count
        return Text(joined: joined, from: 0, to: count)
    }

    private static let separator = UInt8(ascii: "|")
    private static let escape = UInt8(ascii: "\\")
}

extension PredictionKeyMaker {
    /// The key of an id that was read from the bytes of a row.
    mutating func key(
        of id: IDColumns.Text,
        _ bytes: borrowing Span<UInt8>
    ) -> (key: PredictionKey, isUUID: Bool) {
        guard let joined = id.joined else { return key(of: bytes, from: id.from, to: id.to) }
        return key(of: joined.span, from: id.from, to: id.to)
    }
}

extension [UInt8] {
    /// Appends an id that was read from the bytes of a row.
    mutating func append(_ id: IDColumns.Text, _ bytes: borrowing Span<UInt8>) {
        if let joined = id.joined {
            append(contentsOf: joined)
        } else {
            append(bytes, from: id.from, to: id.to)
        }
    }
}
