import Evaluation

/// Turns the values of one row at a time into a row of a `LabelBatch`.
struct LabelDecoder: RowDecoder, Sendable {
    private var instants: InstantReader
    private let limits: IngestLimits
    private var keys: PredictionKeyMaker
    /// Where labels lie that are numbers; `nil` where they name classes.
    private let range: ClosedRange<Double>?
    private let classes: [Name]
    private var classIndex = ByteInterner()
    private let hasClassWithdrawn: Bool

    // Where the values stand in the open file.
    private var ids: IDColumns
    private var label = ColumnFinder.none
    private var observedAt = InstantColumn(.observedAt, isRequired: true)
    private var knownAt: InstantColumn
    private var predictedAt = InstantColumn(.predictedAt, isRequired: false)
    private var source = NameDictionary(roles: [.source], names: ["source"])

    private var sources: [Name] = [.empty]
    /// By number in the dictionary, the index in `sources`.
    private var sourceIndex: [Int32] = []

    /// The spelling that takes a label back in CSV, where there is no null.
    static let withdrawn: Name = "withdrawn"

    init(task: PredictionTask, options: IngestOptions) {
        instants = InstantReader(options: options)
        ids = IDColumns(options: options)
        knownAt = InstantColumn(.knownAt, isRequired: options.isBackfill)
        limits = options.limits
        keys = PredictionKeyMaker(taskID: task.id)
        range = task.labelRange
        classes = task.kind.has(.classes) ? task.classes : []
        for name in classes { _ = classIndex.intern(Array(name.text.utf8)) }
        hasClassWithdrawn = classes.contains(Self.withdrawn)
    }

    mutating func use(_ finder: ColumnFinder) throws(IngestError) {
        ids.use(finder)
        label = finder.column(for: .label)
        try observedAt.use(finder)
        try knownAt.use(finder)
        try predictedAt.use(finder)
        try source.use(finder, limit: limits.textBytes)
    }

    func begin(maximumRows: Int) -> LabelBatch {
        var batch = LabelBatch()
        batch.rows.reserveCapacity(min(maximumRows, 1 << 16))
        return batch
    }

    mutating func decode(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        line: Int64,
        into batch: inout LabelBatch
    ) throws(Refusal) {
        let id = try ids.read(bytes, fields)
        let observedAt = try observedAt.read(bytes, fields, &instants)
        let knownAt = try knownAt.read(bytes, fields, &instants)
        let predictedAt = try predictedAt.read(bytes, fields, &instants)
        let value = try decodeLabel(bytes, fields)
        try source.check(bytes, fields, limit: limits.textBytes)

        let (key, isUUID) = keys.key(of: id, bytes)
        batch.rows.append(
            LabelRow(
                key: key,
                observedAt: observedAt,
                knownAt: knownAt,
                predictedAt: predictedAt,
                value: value ?? 0,
                isWithdrawn: value == nil,
                source: internSource(bytes, fields),
                idStart: Int32(truncatingIfNeeded: batch.idBytes.count),
                idCount: isUUID ? 0 : Int16(truncatingIfNeeded: id.count),
                line: line
            )
        )
        if !isUUID { batch.idBytes.append(id, bytes) }
    }

    func end(_ batch: inout LabelBatch) {
        batch.sources = sources
    }

    func textBytes(in batch: LabelBatch) -> Int { batch.idBytes.count }

    func isFull(_ batch: LabelBatch) -> Bool { false }

    var excess: String? {
        sources.count <= limits.models
            ? nil
            : "There are more than \(limits.models) sources of labels; check which column is mapped "
                + "to source."
    }

    /// The value of a label, or nil where it is withdrawn.
    private func decodeLabel(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) throws(Refusal) -> Double? {
        let field = label < 0 ? Field.missing : fields[label]
        if field.kind == .null { return nil }
        if field.kind == .text, !hasClassWithdrawn, isWithdrawn(field, bytes) { return nil }
        if let range {
            return try ValueCheck.number(
                field,
                bytes,
                from: range.lowerBound,
                to: range.upperBound
            ) { "label" }
        }
        let isScalar = field.kind != .array && field.kind != .object
        if isScalar, !field.isAbsent,
            let index = classIndex.find(bytes, fields, CollectionOfOne(label))
        {
            return Double(index)
        }
        let limit = 20
        let names = classes.prefix(limit).joined(separator: ", ")
        let more = classes.count > limit ? " …" : ""
        throw Refusal(
            field,
            bytes,
            of: "label",
            "The label must be one of the task's classes: \(names)\(more); a label is taken back "
                + "with \(Self.withdrawn), in NDJSON also with null."
        )
    }

    private func isWithdrawn(_ field: Field, _ bytes: borrowing Span<UInt8>) -> Bool {
        let word = Self.withdrawn.text.utf8
        guard field.to - field.from == word.count else { return false }
        for (offset, byte) in word.enumerated() where bytes[field.from + offset] != byte {
            return false
        }
        return true
    }

    private mutating func internSource(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) -> Int32 {
        let (index, isNew) = source.intern(bytes, fields)
        if isNew {
            let name = source.names(bytes, fields)[0]
            sourceIndex.append(name.isEmpty ? 0 : Int32(truncatingIfNeeded: sources.count))
            if !name.isEmpty { sources.append(name) }
        }
        return sourceIndex[Int(index)]
    }
}
