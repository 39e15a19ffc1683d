import Evaluation
import Ingest

/// Reads an upload's batches on a thread of its own, so that one is parsed while the one before is merged.
actor PredictionSource {
    private var reader: PredictionReader

    init(task: PredictionTask, request: UploadRequest) throws {
        reader = try PredictionReader(
            task: task,
            options: request.options,
            sources: request.sources
        )
    }

    func next(maximumRows: Int) throws -> (batch: PredictionBatch, progress: IngestProgress)? {
        guard let batch = try reader.nextBatch(maximumRows: maximumRows) else { return nil }
        return (batch, reader.progress)
    }

    /// Of everything read; final after the last batch.
    var digest: [UInt8] { reader.digest }
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
