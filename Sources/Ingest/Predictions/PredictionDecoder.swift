import Evaluation

/// Turns the values of one row at a time into a row of a `PredictionBatch`.
struct PredictionDecoder: RowDecoder, Sendable {
    private var instants: InstantReader
    private let limits: IngestLimits
    private var keys: PredictionKeyMaker
    private var details: DetailsWriter
    private let form: ScoreColumns

    // Where the values stand in the open file.
    private var ids: IDColumns
    private var predictedAt = InstantColumn(.predictedAt, isRequired: true)
    private var knownAt: InstantColumn
    private var scoreColumns: [Int]
    private var names: NameDictionary
    private var slices: NameDictionary

    private var models: [ModelName] = []
    private var sliceSets: [[Name]] = []
    /// The scores of the current row.
    private var scores: [Double]
    /// How many bytes of ids the last batch had.
    private var idBytes = 0

    init(task: PredictionTask, options: IngestOptions) {
        instants = InstantReader(options: options)
        ids = IDColumns(options: options)
        knownAt = InstantColumn(.knownAt, isRequired: options.isBackfill)
        limits = options.limits
        keys = PredictionKeyMaker(taskID: task.id)
        details = DetailsWriter(limits: options.limits)
        names = NameDictionary(roles: [.model, .version], names: ["model", "version"])
        slices = NameDictionary(
            roles: task.sliceKeys.indices.map { .slice($0) },
            names: task.sliceKeys
        )
        form = task.scoreColumns
        scores = Array(repeating: 0, count: form.names.count)
        scoreColumns = scores.map { _ in ColumnFinder.none }
    }

    mutating func use(_ finder: ColumnFinder) throws(IngestError) {
        ids.use(finder)
        try predictedAt.use(finder)
        try knownAt.use(finder)
        for index in scoreColumns.indices {
            scoreColumns[index] = finder.column(for: .score(index))
        }
        try names.use(finder, limit: limits.textBytes)
        try slices.use(finder, limit: limits.textBytes)
        details.use(finder)
    }

    mutating func begin(maximumRows: Int) -> PredictionBatch {
        var batch = PredictionBatch()
        let expected = min(maximumRows, 1 << 16)
        batch.scoresPerRow = scores.count
        batch.rows.reserveCapacity(expected)
        batch.scores.reserveCapacity(expected * scores.count)
        batch.idBytes.reserveCapacity(idBytes + idBytes / 8)
        details.begin()
        return batch
    }

    mutating func decode(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        line: Int64,
        into batch: inout PredictionBatch
    ) throws(Refusal) {
        let id = try ids.read(bytes, fields)
        let predictedAt = try predictedAt.read(bytes, fields, &instants)
        let knownAt = try knownAt.read(bytes, fields, &instants)
        try names.check(bytes, fields, limit: limits.textBytes, isFirstRequired: true)
        try decodeScores(bytes, fields)
        try slices.check(bytes, fields, limit: limits.textBytes)
        let detailsIndex = try details.index(bytes, fields)

        // Nothing is refused from here on, so that dictionaries know only what was accepted.
        let (key, isUUID) = keys.key(of: id, bytes)
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
        if !isUUID { batch.idBytes.append(id, bytes) }
    }

    mutating func end(_ batch: inout PredictionBatch) {
        idBytes = batch.idBytes.count
        batch.models = models
        batch.sliceSets = sliceSets
        batch.details = details.texts
        batch.namesEntities = details.namesEntities
    }

    func textBytes(in batch: PredictionBatch) -> Int {
        batch.idBytes.count + details.textBytes
    }

    func isFull(_ batch: PredictionBatch) -> Bool {
        batch.scores.count >= limits.scoresPerBatch
    }

    var excess: String? {
        if models.count > limits.models {
            return "There are more than \(limits.models) models and versions; check which columns "
                + "are mapped to model and version."
        }
        if sliceSets.count > limits.sliceSets {
            return "There are more than \(limits.sliceSets) combinations of slice values; slices "
                + "must be columns of few values."
        }
        return nil
    }

    private mutating func decodeScores(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) throws(Refusal) {
        for index in scores.indices {
            let column = scoreColumns[index]
            scores[index] = try ValueCheck.number(
                column < 0 ? .missing : fields[column],
                bytes,
                from: form.range.lowerBound,
                to: form.range.upperBound
            ) { scoreName(index) }
        }
        guard form.addUpToOne else { return }
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

    private func scoreName(_ index: Int) -> String { form.names[index].text }

    private mutating func internNames(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) -> Int32 {
        let (index, isNew) = names.intern(bytes, fields)
        if isNew {
            let found = names.names(bytes, fields)
            models.append(ModelName(model: found[0], version: found[1]))
        }
        return index
    }

    private mutating func internSlices(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) -> Int32 {
        let (index, isNew) = slices.intern(bytes, fields)
        if isNew { sliceSets.append(slices.names(bytes, fields)) }
        return index
    }
}
