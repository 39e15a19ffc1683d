import Evaluation
import Ingest
import Postgres
import Store

/// The rows of a batch that could be read, but not be kept: what their ids hold is full.
///
/// Only their places are held; a row becomes a reject when it is written, some at a time.
struct RefusedRows {
    private let indices: [Int]
    private let reject: (Int) -> Reject

    /// Rejects that are in memory at once.
    private static let rowsAtOnce = 5_000

    init(_ indices: [Int], of batch: PredictionBatch, task: PredictionTask) {
        self.indices = indices
        reject = { index in
            let model = batch.models[Int(batch.rows[index].model)].model
            return batch.reject(
                index,
                of: task,
                reason: "This id has \(PredictionHistory.rowLimit) different rows of model "
                    + "\(model) already; " + Self.advice
            )
        }
    }

    init(_ indices: [Int], of batch: LabelBatch, task: PredictionTask) {
        self.indices = indices
        reject = { index in
            batch.reject(
                index,
                of: task,
                reason: "This id has \(PredictionHistory.rowLimit) different labels already; "
                    + Self.advice
            )
        }
    }

    private static let advice =
        "no more are kept. An id must name one request: check which column is mapped to prediction_id."

    var isEmpty: Bool { indices.isEmpty }

    /// The first of them, as many as an answer carries.
    var first: [Reject] { indices.prefix(UploadReport.rejectLimit).map(reject) }

    func keep(
        of upload: OpenUpload,
        by session: UploadSession,
        _ connection: PostgresConnection
    ) async throws {
        for start in stride(from: 0, to: indices.count, by: Self.rowsAtOnce) {
            let portion = indices[start..<min(start + Self.rowsAtOnce, indices.count)]
            try await session.keep(portion.map(reject), of: upload, connection)
        }
    }
}
