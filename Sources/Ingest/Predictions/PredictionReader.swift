package import Evaluation

/// Reads predictions from files, standard input or memory, a batch at a time.
///
/// Memory is bounded by the batch and by `IngestLimits`, not by the size of the input.
package struct PredictionReader: ~Copyable {
    private var reader: BatchReader<PredictionDecoder>
    private var entities: EntitySampler

    /// - Throws: `IngestError` where options contradict the task, or a source is missing or must not
    ///   be read. Nothing has been read by then.
    package init(
        task: PredictionTask,
        options: IngestOptions = IngestOptions(),
        sources: [InputSource]
    ) throws(IngestError) {
        entities = EntitySampler(task)
        reader = try BatchReader(
            vocabulary: .predictions(of: task, isBackfill: options.isBackfill),
            decoder: PredictionDecoder(task: task, options: options),
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

    /// That the ids read so far look like repeats of entities that no row names.
    package var entityHint: EntityHint? { entities.hint }

    /// Reads the next rows.
    ///
    /// A batch has fewer rows than asked for where the input ends, or where its rejects or its texts
    /// reach their limit.
    ///
    /// - Parameter maximumRows: How many rows to read at most, accepted and rejected together.
    /// - Returns: The rows and rejects, or nil after the last one.
    /// - Throws: `IngestError` where the input cannot be read on; the reader is then finished.
    package mutating func nextBatch(maximumRows: Int) throws(IngestError) -> PredictionBatch? {
        let batch = try reader.nextBatch(maximumRows: maximumRows)
        if let batch { entities.add(batch) }
        return batch
    }
}
