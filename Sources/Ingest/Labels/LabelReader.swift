package import Evaluation

/// Reads labels from files, standard input or memory, a batch at a time.
///
/// A label is spelled exactly as one of the task's classes, or is a finite number for regression. It
/// is taken back with `withdrawn` in CSV and with `withdrawn` or null in NDJSON; a task that has a
/// class of that name can take labels back in NDJSON only.
///
/// Memory is bounded by the batch and by `IngestLimits`, not by the size of the input.
package struct LabelReader: ~Copyable {
    private var reader: BatchReader<LabelDecoder>

    /// - Throws: `IngestError` where options contradict the task, or a source is missing or must not
    ///   be read. Nothing has been read by then.
    package init(
        task: PredictionTask,
        options: IngestOptions = IngestOptions(),
        sources: [InputSource]
    ) throws(IngestError) {
        reader = try BatchReader(
            vocabulary: .labels(isBackfill: options.isBackfill),
            decoder: LabelDecoder(task: task, options: options),
            options: options,
            sources: sources
        )
    }

    /// How far reading has come.
    package var progress: IngestProgress { reader.rows.progress }

    /// SHA-256 of the bytes read so far, as `SourceDigest` has it.
    ///
    /// It is that of the whole input once `nextBatch` has returned nil, and empty where the options
    /// say not to compute it.
    package var digest: [UInt8] { reader.rows.digest }

    /// Reads the next rows.
    ///
    /// A batch has fewer rows than asked for where the input ends, or where its rejects or its texts
    /// reach their limit.
    ///
    /// - Parameter maximumRows: How many rows to read at most, accepted and rejected together.
    /// - Returns: The rows and rejects, or nil after the last one.
    /// - Throws: `IngestError` where the input cannot be read on; the reader is then finished.
    package mutating func nextBatch(maximumRows: Int) throws(IngestError) -> LabelBatch? {
        try reader.nextBatch(maximumRows: maximumRows)
    }
}
