import Evaluation
import Ingest

/// A batch of predictions, made ready to be merged.
struct SortedPredictions: Sendable {
    var batch: PredictionBatch
    /// The positions of the rows by ascending key.
    var order: [Int32]
    /// Keys that this upload may have brought before, in ascending order.
    var seenBefore: [PredictionKey]
    var progress: IngestProgress
}

/// Reads and sorts an upload's batches on a thread of its own, while the batch before is merged and written.
actor PredictionSource {
    private var reader: PredictionReader
    private var seen = SeenKeys()

    init(task: PredictionTask, request: UploadRequest) throws {
        reader = try PredictionReader(
            task: task,
            options: request.options,
            sources: request.sources
        )
    }

    func next(maximumRows: Int) throws -> SortedPredictions? {
        guard let batch = try reader.nextBatch(maximumRows: maximumRows) else { return nil }
        let order = KeyOrder.positions(count: batch.rows.count) { batch.rows[$0].key }
        var seenBefore: [PredictionKey] = []
        var last: PredictionKey?
        for position in order {
            let key = batch.rows[Int(position)].key
            if key == last { continue }
            last = key
            if seen.insert(key) { seenBefore.append(key) }
        }
        return SortedPredictions(
            batch: batch,
            order: order,
            seenBefore: seenBefore,
            progress: reader.progress
        )
    }

    /// Of everything read; final after the last batch.
    var digest: [UInt8] { reader.digest }

    /// Of everything read.
    var entityHint: EntityHint? { reader.entityHint }
}

/// Reads an upload's batches on a thread of its own, so that one is parsed while the one before is merged.
actor LabelSource {
    private var reader: LabelReader

    init(task: PredictionTask, request: UploadRequest) throws {
        reader = try LabelReader(task: task, options: request.options, sources: request.sources)
    }

    func next(maximumRows: Int) throws -> (batch: LabelBatch, progress: IngestProgress)? {
        guard let batch = try reader.nextBatch(maximumRows: maximumRows) else { return nil }
        return (batch, reader.progress)
    }

    /// Of everything read; final after the last batch.
    var digest: [UInt8] { reader.digest }
}
