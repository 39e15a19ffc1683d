import Evaluation

/// Reads rows from inputs and decodes them, a batch at a time.
struct BatchReader<Decoder: RowDecoder>: ~Copyable {
    private(set) var rows: RowReader
    private var decoder: Decoder
    private var columnsVersion = 0
    private let options: IngestOptions
    private var isFinished = false

    init(
        vocabulary: Vocabulary,
        decoder: Decoder,
        options: IngestOptions,
        sources: [InputSource]
    ) throws(IngestError) {
        let resolver = try ColumnResolver(vocabulary: vocabulary, mapping: options.mapping)
        var decoder = decoder
        // Constants are checked before anything is read.
        try decoder.use(ColumnFinder(columns: [], resolver: resolver, options: options))
        let rows = try RowReader(resolver: resolver, options: options, sources: sources)
        self.rows = rows
        self.decoder = decoder
        self.options = options
    }

    mutating func nextBatch(maximumRows: Int) throws(IngestError) -> Decoder.Batch? {
        precondition(maximumRows > 0, "A batch must have room for a row.")
        if isFinished { return nil }
        var batch = decoder.begin(maximumRows: maximumRows)
        var budget = BatchBudget(limits: options.limits)
        do throws(IngestError) {
            while batch.rowsRead < maximumRows, !decoder.isFull(batch),
                budget.allows(decoder.textBytes(in: batch))
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
        into batch: inout Decoder.Batch,
        _ budget: inout BatchBudget
    ) throws(IngestError) {
        let isNewInput = columnsVersion != rows.columnsVersion
        if isNewInput { try useColumns() }
        if isNewInput || batch.inputs.isEmpty {
            batch.inputs.append(BatchInput(name: rows.fileName, firstRow: batch.rows.count))
        }
        do throws(Refusal) {
            let line = rows.line
            switch rows.place {
            case .input:
                try Self.decode(
                    rows.input.bytes,
                    rows.csv.fields,
                    line: line,
                    with: &decoder,
                    into: &batch
                )
            case .csvText:
                try Self.decode(
                    rows.csv.unescaped,
                    rows.csv.fields,
                    line: line,
                    with: &decoder,
                    into: &batch
                )
            case .jsonText:
                try Self.decode(
                    rows.members.scanner.text,
                    rows.members.fields,
                    line: line,
                    with: &decoder,
                    into: &batch
                )
            }
        } catch {
            budget.add(rows.reject(error), to: &batch.rejects)
            return
        }
        if let problem = decoder.excess {
            throw .tooMany(rows.fileName, line: rows.line, problem: Wording(problem))
        }
    }

    private mutating func useColumns() throws(IngestError) {
        columnsVersion = rows.columnsVersion
        let finder = ColumnFinder(
            columns: rows.columns,
            resolver: rows.resolver,
            options: options
        )
        try decoder.use(finder)
    }

    // The decoder is an argument of its own, because spans of members lock the others.
    private static func decode(
        _ bytes: borrowing [UInt8],
        _ fields: borrowing [Field],
        line: Int64,
        with decoder: inout Decoder,
        into batch: inout Decoder.Batch
    ) throws(Refusal) {
        try decoder.decode(bytes.span, fields.span, line: line, into: &batch)
    }
}
