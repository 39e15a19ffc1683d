import Evaluation

/// Turns the values of one row at a time into a row of a `PredictionBatch`.
struct PredictionDecoder: Sendable {
    private var values: ValueReader
    private var keys: PredictionKeyMaker
    private var details: DetailsWriter
    private let task: PredictionTask

    // Where the values stand in the open file.
    private var id = ColumnFinder.none
    private var predictedAt = InstantColumn(.predictedAt)
    private var knownAt = InstantColumn(.knownAt)
    private var scoreColumns: [Int]
    private var names: TextDictionary
    private var slices: TextDictionary

    private var models: [ModelName] = []
    private var sliceSets: [[String]] = []
    /// The scores of the current row.
    private var scores: [Double]
    /// How many bytes of ids the last batch had.
    private var idBytes = 0

    init(task: PredictionTask, options: IngestOptions) {
        self.task = task
        values = ValueReader(options: options)
        keys = PredictionKeyMaker(taskID: task.id)
        details = DetailsWriter(limits: options.limits)
        names = TextDictionary(roles: [.model, .version], names: ["model", "version"])
        slices = TextDictionary(
            roles: task.sliceKeys.indices.map { .slice($0) },
            names: task.sliceKeys
        )
        scores = Array(repeating: 0, count: task.kind == .multiclass ? task.classes.count : 1)
        scoreColumns = scores.map { _ in ColumnFinder.none }
    }

    /// Prepares for the columns of a file.
    mutating func use(_ finder: ColumnFinder) throws(IngestError) {
        id = finder.column(for: .predictionID)
        try predictedAt.use(finder)
        try knownAt.use(finder)
        for index in scoreColumns.indices {
            scoreColumns[index] = finder.column(for: .score(index))
        }
        names.use(finder)
        slices.use(finder)
        details.use(finder)
    }

    /// Prepares a batch.
    mutating func begin(_ batch: inout PredictionBatch, maximumRows: Int) {
        let expected = min(maximumRows, 1 << 16)
        batch.scoresPerRow = scores.count
        batch.rows.reserveCapacity(expected)
        batch.scores.reserveCapacity(expected * scores.count)
        batch.idBytes.reserveCapacity(idBytes + idBytes / 8)
        details.begin()
    }

    /// Hands over the dictionaries.
    mutating func end(_ batch: inout PredictionBatch) {
        idBytes = batch.idBytes.count
        batch.models = models
        batch.sliceSets = sliceSets
        batch.details = details.texts
    }

    var modelCount: Int { models.count }
    var sliceSetCount: Int { sliceSets.count }
    /// The size of the texts of the current batch.
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
        let predictedAt = try predictedAt.read(bytes, fields, &values)
        let knownAt = try knownAt.read(bytes, fields, &values)
        try names.check(bytes, fields, values, isFirstRequired: true)
        try decodeScores(bytes, fields)
        try slices.check(bytes, fields, values)
        let detailsIndex = try details.index(bytes, fields, values)

        // Nothing is refused from here on, so that dictionaries know only what was accepted.
        let (key, isUUID) = keys.key(of: bytes, from: id.from, to: id.to)
        batch.rows.append(
            PredictionRow(
                key: key,
                predictedAt: predictedAt,
                knownAt: knownAt,
                scoreStart: Int32(truncatingIfNeeded: batch.scores.count),
                model: internNames(bytes, fields),
                sliceSet: internSlices(bytes, fields),
                details: detailsIndex,
                idStart: Int32(truncatingIfNeeded: batch.idBytes.count),
                idCount: isUUID ? 0 : Int16(truncatingIfNeeded: id.count),
                line: line
            )
        )
        for score in scores { batch.scores.append(score) }
        if !isUUID { batch.idBytes.append(bytes, from: id.from, to: id.to) }
    }

    private mutating func decodeScores(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) throws(Refusal) {
        let isProbability = task.kind != .regression
        for index in scores.indices {
            let column = scoreColumns[index]
            scores[index] = try values.number(
                column < 0 ? .missing : fields[column],
                bytes,
                from: isProbability ? 0 : -.infinity,
                to: isProbability ? 1 : .infinity
            ) { scoreName(index) }
        }
        guard task.kind == .multiclass else { return }
        let sum = scores.reduce(0, +)
        guard abs(sum - 1) <= 1e-6 else {
            throw Refusal(
                field: scores.indices.map { scoreName($0) }.joined(separator: " "),
                value: "\(sum)",
                reason: "The probabilities of the classes add up to \(sum); the sum must be 1 "
                    + "within 0.000001."
            )
        }
    }

    private func scoreName(_ index: Int) -> String {
        switch task.kind {
        case .binary: "score"
        case .regression: "value"
        case .multiclass: "p_" + task.classes[index]
        }
    }

    private mutating func internNames(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) -> Int32 {
        let (index, isNew) = names.intern(bytes, fields)
        if isNew {
            let texts = names.texts(bytes, fields)
            models.append(ModelName(model: texts[0], version: texts[1]))
        }
        return index
    }

    private mutating func internSlices(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) -> Int32 {
        let (index, isNew) = slices.intern(bytes, fields)
        if isNew { sliceSets.append(slices.texts(bytes, fields)) }
        return index
    }
}
