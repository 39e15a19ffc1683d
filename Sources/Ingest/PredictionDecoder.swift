import Evaluation

/// Turns the values of one row at a time into a row of a `PredictionBatch`.
struct PredictionDecoder: Sendable {
    private var values: ValueReader
    private var keys: PredictionKeyMaker
    private var details: DetailsWriter
    private let kind: TaskKind

    // Where the values stand in the open file.
    private var id = -1
    private var predictedAt = InstantSlot(name: "predicted_at")
    private var knownAt = InstantSlot(name: "known_at")
    private var model = TextSlot(name: "model")
    private var version = TextSlot(name: "version")
    private var scoreColumns: [Int]
    private var scoreNames: [String]
    private var slices: [TextSlot]

    private var models: [ModelName] = []
    private var modelIndex = ByteInterner()
    private var sliceSets: [[String]] = []
    private var sliceSetIndex = ByteInterner()
    private var lastID: [UInt8] = []
    private var lastKey = (key: PredictionKey(high: 0, low: 0), isUUID: false)

    private var row: [Double]
    private var text: [UInt8] = []
    private var textEnds: [Int] = []
    /// Parts the texts of a compound; not a byte of UTF-8.
    private static let separator: UInt8 = 0xFF

    init(task: PredictionTask, options: IngestOptions) {
        values = ValueReader(options: options)
        keys = PredictionKeyMaker(taskID: task.id)
        details = DetailsWriter(limits: options.limits)
        kind = task.kind
        let scoreCount = task.kind == .multiclass ? task.classes.count : 1
        row = Array(repeating: 0, count: scoreCount)
        scoreColumns = Array(repeating: -1, count: scoreCount)
        scoreNames = Array(repeating: "", count: scoreCount)
        slices = task.sliceKeys.map { TextSlot(name: $0) }
    }

    /// Prepares for the columns of a file.
    mutating func use(_ finder: ColumnFinder, vocabulary: Vocabulary) throws(IngestError) {
        id = finder.column(for: .predictionID)
        predictedAt = try finder.instant(for: .predictedAt)
        knownAt = try finder.instant(for: .knownAt)
        model = finder.text(for: .model)
        version = finder.text(for: .version)
        for index in scoreColumns.indices {
            scoreColumns[index] = finder.column(for: .score(index))
            scoreNames[index] = vocabulary.name(of: .score(index))
        }
        for index in slices.indices { slices[index] = finder.text(for: .slice(index)) }
        details.use(finder)
    }

    /// Prepares a batch.
    mutating func begin(_ batch: inout PredictionBatch, maximumRows: Int) {
        batch.scoresPerRow = row.count
        let expected = min(maximumRows, 1 << 16)
        batch.rows.reserveCapacity(expected)
        batch.scores.reserveCapacity(expected * row.count)
        details.begin()
    }

    /// Hands over the dictionaries.
    mutating func end(_ batch: inout PredictionBatch) {
        batch.models = models
        batch.sliceSets = sliceSets
        batch.details = details.texts
    }

    var modelCount: Int { models.count }
    var sliceSetCount: Int { sliceSets.count }
    var detailsBytes: Int { details.textBytes }

    /// Decodes the row and appends it, or says why not.
    mutating func decode(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        line: Int64,
        into batch: inout PredictionBatch
    ) throws(Refusal) {
        let id = id < 0 ? Field.missing : fields[id]
        try values.checkID(id, bytes)
        let predictedAt = try instant(predictedAt, bytes, fields)
        let knownAt = try instant(knownAt, bytes, fields)
        try check(model, bytes, fields, isRequired: true)
        try check(version, bytes, fields, isRequired: false)
        try decodeScores(bytes, fields)
        for slice in slices { try check(slice, bytes, fields, isRequired: false) }
        let detailsIndex = try details.index(bytes, fields, values)

        let (key, isUUID) = key(id, bytes)
        batch.rows.append(
            PredictionRow(
                key: key,
                predictedAt: predictedAt,
                knownAt: knownAt,
                scoreStart: Int32(truncatingIfNeeded: batch.scores.count),
                model: internModel(bytes, fields),
                sliceSet: internSlices(bytes, fields),
                details: detailsIndex,
                idStart: Int32(truncatingIfNeeded: batch.idBytes.count),
                idCount: isUUID ? 0 : Int16(truncatingIfNeeded: id.to - id.from),
                line: line
            )
        )
        for score in row { batch.scores.append(score) }
        if !isUUID {
            for position in id.from..<id.to { batch.idBytes.append(bytes[position]) }
        }
    }

    /// The key of the id.
    ///
    /// Rows of several models on one request follow each other in most files, so the last id is
    /// remembered.
    private mutating func key(
        _ id: Field,
        _ bytes: borrowing Span<UInt8>
    ) -> (key: PredictionKey, isUUID: Bool) {
        if isLastID(id, bytes) { return lastKey }
        lastKey = keys.key(of: bytes, from: id.from, to: id.to)
        lastID.removeAll(keepingCapacity: true)
        for position in id.from..<id.to { lastID.append(bytes[position]) }
        return lastKey
    }

    private func isLastID(_ id: Field, _ bytes: borrowing Span<UInt8>) -> Bool {
        guard lastID.count == id.to - id.from else { return false }
        // Ids that differ mostly do so at the end.
        for offset in lastID.indices.reversed() where lastID[offset] != bytes[id.from + offset] {
            return false
        }
        return true
    }

    private mutating func instant(
        _ slot: InstantSlot,
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) throws(Refusal) -> Instant {
        guard slot.column >= 0 else { return slot.constant }
        return try values.instant(slot.name, fields[slot.column], bytes)
    }

    private func check(
        _ slot: TextSlot,
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        isRequired: Bool
    ) throws(Refusal) {
        guard slot.column >= 0 else { return }
        let field = fields[slot.column]
        try values.checkText(slot.name, field, bytes, limit: values.limits.textBytes)
        if isRequired, field.isEmpty || field.kind == .null {
            throw values.refusal(
                slot.name,
                field,
                bytes,
                "The \(slot.name) is missing; it must be a text."
            )
        }
    }

    private mutating func decodeScores(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) throws(Refusal) {
        let isProbability = kind != .regression
        for index in row.indices {
            let column = scoreColumns[index]
            row[index] = try values.number(
                scoreNames[index],
                column < 0 ? .missing : fields[column],
                bytes,
                from: isProbability ? 0 : -.infinity,
                to: isProbability ? 1 : .infinity
            )
        }
        guard kind == .multiclass else { return }
        let sum = row.reduce(0, +)
        guard abs(sum - 1) <= 1e-6 else {
            throw Refusal(
                field: scoreNames.joined(separator: " "),
                value: "\(sum)",
                reason:
                    "The probabilities of the classes add up to \(sum); the sum must be 1 within "
                    + "0.000001."
            )
        }
    }

    // MARK: - Dictionaries

    private mutating func internModel(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) -> Int32 {
        beginText()
        append(model, bytes, fields)
        append(version, bytes, fields)
        let text = text
        let (index, isNew) = modelIndex.intern(text.span, from: 0, to: text.count)
        if isNew {
            let parts = textParts()
            models.append(ModelName(model: parts[0], version: parts[1]))
        }
        return index
    }

    private mutating func internSlices(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) -> Int32 {
        beginText()
        for slice in slices { append(slice, bytes, fields) }
        let text = text
        let (index, isNew) = sliceSetIndex.intern(text.span, from: 0, to: text.count)
        if isNew { sliceSets.append(textParts()) }
        return index
    }

    private mutating func beginText() {
        text.removeAll(keepingCapacity: true)
        textEnds.removeAll(keepingCapacity: true)
    }

    private mutating func append(
        _ slot: TextSlot,
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) {
        if slot.column < 0 {
            text.append(contentsOf: slot.constant)
        } else if fields[slot.column].kind != .null {
            let field = fields[slot.column]
            for position in field.from..<field.to { text.append(bytes[position]) }
        }
        textEnds.append(text.count)
        text.append(Self.separator)
    }

    private func textParts() -> [String] {
        var start = 0
        return textEnds.map { end in
            defer { start = end + 1 }
            return String(decoding: text[start..<end], as: UTF8.self)
        }
    }
}
