package import Evaluation

/// Reads predictions from files, standard input or memory, a batch at a time.
///
/// Memory is bounded by the batch and by `IngestLimits`, not by the size of the input.
package struct PredictionReader: ~Copyable {
    private var rows: RowReader
    private var decoder: PredictionDecoder
    private var columnsVersion = 0
    private let options: IngestOptions
    private var isFinished = false

    /// - Throws: `IngestError` where options contradict the task, or a source is missing or must not
    ///   be read. Nothing has been read by then.
    package init(
        task: PredictionTask,
        options: IngestOptions = IngestOptions(),
        sources: [InputSource]
    ) throws(IngestError) {
        let vocabulary = try Vocabulary.predictions(of: task, isBackfill: options.isBackfill)
        let resolver = try ColumnResolver(vocabulary: vocabulary, mapping: options.mapping)
        var decoder = PredictionDecoder(task: task, options: options)
        // Constants are checked before anything is read.
        try decoder.use(
            ColumnFinder(columns: [], resolver: resolver, options: options)
        )
        let rows = try RowReader(resolver: resolver, options: options, sources: sources)
        self.options = options
        self.rows = rows
        self.decoder = decoder
    }

    /// How far reading has come.
    package var progress: IngestProgress { rows.progress }

    /// SHA-256 of the bytes read so far, as `SourceDigest` has it.
    ///
    /// It is that of the whole input once `nextBatch` has returned nil, and empty where the options
    /// say not to compute it.
    package var digest: [UInt8] { rows.digest }

    /// Reads the next rows.
    ///
    /// A batch has fewer rows than asked for where the input ends, or where its rejects or its texts
    /// reach their limit.
    ///
    /// - Parameter maximumRows: How many rows to read at most, accepted and rejected together.
    /// - Returns: The rows and rejects, or nil after the last one.
    /// - Throws: `IngestError` where the input cannot be read on; the reader is then finished.
    package mutating func nextBatch(maximumRows: Int) throws(IngestError) -> PredictionBatch? {
        precondition(maximumRows > 0, "A batch must have room for a row.")
        if isFinished { return nil }
        var batch = PredictionBatch()
        decoder.begin(&batch, maximumRows: maximumRows)
        var budget = BatchBudget(limits: options.limits)
        do throws(IngestError) {
            while batch.rowsRead < maximumRows,
                batch.scores.count < options.limits.scoresPerBatch,
                budget.allows(batch.idBytes.count + decoder.detailsBytes)
            {
                switch try rows.advance() {
                case .row: try decodeRow(into: &batch, &budget)
                case .rejected: budget.add(rows.lastReject, to: &batch.rejects)
                case .end:
                    isFinished = true
                    if batch.rowsRead == 0 { return nil }
                    decoder.end(&batch)
                    return batch
                }
                batch.rowsRead += 1
            }
        } catch {
            isFinished = true
            throw error
        }
        decoder.end(&batch)
        return batch
    }

    private mutating func decodeRow(
        into batch: inout PredictionBatch,
        _ budget: inout BatchBudget
    ) throws(IngestError) {
        if columnsVersion != rows.columnsVersion {
            columnsVersion = rows.columnsVersion
            try decoder.use(
                ColumnFinder(
                    columns: rows.columns,
                    resolver: rows.resolver,
                    options: options
                )
            )
        }
        do throws(Refusal) {
            try Self.decode(rows, with: &decoder, into: &batch)
        } catch {
            budget.add(rows.reject(error), to: &batch.rejects)
            return
        }
        if decoder.modelCount > options.limits.models {
            throw .tooMany(
                rows.fileName,
                line: rows.line,
                problem: "There are more than \(options.limits.models) models and versions; check "
                    + "which column is mapped to model and version."
            )
        }
        if decoder.sliceSetCount > options.limits.sliceSets {
            throw .tooMany(
                rows.fileName,
                line: rows.line,
                problem: "There are more than \(options.limits.sliceSets) combinations of slice "
                    + "values; slices must be columns of few values."
            )
        }
    }

    // The decoder is an argument of its own, because a span of a member locks the others.
    private static func decode(
        _ rows: borrowing RowReader,
        with decoder: inout PredictionDecoder,
        into batch: inout PredictionBatch
    ) throws(Refusal) {
        let line = rows.line
        switch rows.place {
        case .input:
            try decoder.decode(
                rows.input.bytes.span,
                rows.csv.fields.span,
                line: line,
                into: &batch
            )
        case .csvText:
            try decoder.decode(
                rows.csv.unescaped.span,
                rows.csv.fields.span,
                line: line,
                into: &batch
            )
        case .jsonText:
            try decoder.decode(
                rows.members.scanner.text.span,
                rows.members.fields.span,
                line: line,
                into: &batch
            )
        }
    }
}
