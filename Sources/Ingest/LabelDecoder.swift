import Evaluation

/// Turns the values of one row at a time into a row of a `LabelBatch`.
struct LabelDecoder: Sendable {
    private var values: ValueReader
    private var keys: PredictionKeyMaker
    private let kind: TaskKind
    private let classes: [String]
    private var classIndex = ByteInterner()
    private let hasClassWithdrawn: Bool

    // Where the values stand in the open file.
    private var id = -1
    private var label = -1
    private var observedAt = InstantSlot(name: "observed_at")
    private var knownAt = InstantSlot(name: "known_at")
    private var predictedAt = InstantSlot(name: "predicted_at")
    private var source = TextSlot(name: "source")

    private var sources = [""]
    private var sourceIndex = ByteInterner()

    /// The spelling that takes a label back in CSV, where there is no null.
    static let withdrawn = "withdrawn"

    init(task: PredictionTask, options: IngestOptions) {
        values = ValueReader(options: options)
        keys = PredictionKeyMaker(taskID: task.id)
        kind = task.kind
        classes = task.kind == .regression ? [] : task.classes
        for name in classes { _ = classIndex.intern(name) }
        hasClassWithdrawn = classes.contains(Self.withdrawn)
        _ = sourceIndex.intern("")
    }

    /// Prepares for the columns of a file.
    mutating func use(_ finder: ColumnFinder) throws(IngestError) {
        id = finder.column(for: .predictionID)
        label = finder.column(for: .label)
        observedAt = try finder.instant(for: .observedAt)
        knownAt = try finder.instant(for: .knownAt)
        predictedAt = try finder.instant(for: .predictedAt)
        source = finder.text(for: .source)
    }

    /// Hands over the dictionary.
    mutating func end(_ batch: inout LabelBatch) {
        batch.sources = sources
    }

    var sourceCount: Int { sources.count }

    /// Decodes the row and appends it, or says why not.
    mutating func decode(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        line: Int64,
        into batch: inout LabelBatch
    ) throws(Refusal) {
        let id = id < 0 ? Field.missing : fields[id]
        try values.checkID(id, bytes)
        let observedAt = try instant(observedAt, bytes, fields)
        let knownAt = try instant(knownAt, bytes, fields)
        let predictedAt = try hint(bytes, fields)
        let value = try decodeLabel(label < 0 ? .missing : fields[label], bytes)
        let source = try internSource(bytes, fields)
        let (key, isUUID) = keys.key(of: bytes, from: id.from, to: id.to)
        batch.rows.append(
            LabelRow(
                key: key,
                observedAt: observedAt,
                knownAt: knownAt,
                predictedAt: predictedAt,
                value: value ?? 0,
                isWithdrawn: value == nil,
                source: source,
                idStart: Int32(truncatingIfNeeded: batch.idBytes.count),
                idCount: isUUID ? 0 : Int16(truncatingIfNeeded: id.to - id.from),
                line: line
            )
        )
        if !isUUID {
            for position in id.from..<id.to { batch.idBytes.append(bytes[position]) }
        }
    }

    private mutating func instant(
        _ slot: InstantSlot,
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) throws(Refusal) -> Instant {
        guard slot.column >= 0 else { return slot.constant }
        return try values.instant(slot.name, fields[slot.column], bytes)
    }

    /// The time of the prediction, which a row may leave out.
    private mutating func hint(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) throws(Refusal) -> Instant {
        guard predictedAt.column >= 0 else { return predictedAt.constant }
        let field = fields[predictedAt.column]
        if field.kind == .null || (field.isEmpty && field.kind != .array && field.kind != .object) {
            return .distantPast
        }
        return try values.instant(predictedAt.name, field, bytes)
    }

    /// The value of a label, or nil where it is withdrawn.
    private func decodeLabel(
        _ field: Field,
        _ bytes: borrowing Span<UInt8>
    ) throws(Refusal) -> Double? {
        if field.kind == .null { return nil }
        if field.kind == .text, !hasClassWithdrawn, isWithdrawn(field, bytes) { return nil }
        if kind == .regression {
            return try values.number("label", field, bytes, from: -.infinity, to: .infinity)
        }
        let isScalar = field.kind != .array && field.kind != .object && field.kind != .missing
        if isScalar, let index = classIndex.find(bytes, from: field.from, to: field.to) {
            return Double(index)
        }
        let limit = 20
        let names = classes.prefix(limit).joined(separator: ", ")
        let more = classes.count > limit ? " …" : ""
        throw values.refusal(
            "label",
            field,
            bytes,
            "The label must be one of the task's classes: \(names)\(more); a label is taken back "
                + "with \(Self.withdrawn), in NDJSON also with null."
        )
    }

    private func isWithdrawn(_ field: Field, _ bytes: borrowing Span<UInt8>) -> Bool {
        let word = Self.withdrawn.utf8
        guard field.to - field.from == word.count else { return false }
        for (offset, byte) in word.enumerated() where bytes[field.from + offset] != byte {
            return false
        }
        return true
    }

    private mutating func internSource(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) throws(Refusal) -> Int32 {
        let result: (index: Int32, isNew: Bool)
        let name: String
        if source.column < 0 {
            if source.constant.isEmpty { return 0 }
            let constant = source.constant
            result = sourceIndex.intern(constant.span, from: 0, to: constant.count)
            name = result.isNew ? String(decoding: constant, as: UTF8.self) : ""
        } else {
            let field = fields[source.column]
            if field.kind == .null || field.kind == .missing { return 0 }
            try values.checkText("source", field, bytes, limit: values.limits.textBytes)
            result = sourceIndex.intern(bytes, from: field.from, to: field.to)
            name = result.isNew ? UTF8Text.text(bytes, from: field.from, to: field.to) : ""
        }
        if result.isNew { sources.append(name) }
        return result.index
    }
}
