package import Evaluation

/// One accepted row of a predictions file, without references, so that a batch sorts in place.
package struct PredictionRow: Sendable {
    package var key: PredictionKey
    package var predictedAt: Instant
    /// The instant the file gives under backfill; `Instant.distantPast` where the server's clock counts.
    package var knownAt: Instant
    /// Where the row's `scoresPerRow` scores start in `PredictionBatch.scores`.
    package var scoreStart: Int32
    /// Index into `PredictionBatch.models`.
    package var model: Int32
    /// Index into `PredictionBatch.sliceSets`.
    package var sliceSet: Int32
    /// Index into `PredictionBatch.details`; 0 is the empty text.
    package var details: Int32
    /// Where the prediction id starts in `PredictionBatch.idBytes`; only for ids that are no UUID.
    package var idStart: Int32
    /// The length of the prediction id in bytes; 0 where the key is the caller's UUID.
    package var idCount: Int16
    /// The 1-based line of the file that the row starts on.
    package var line: Int64
}

/// A model and its version, as an upload names them.
package struct ModelName: Hashable, Sendable {
    package var model: Name
    package var version: Name

    package init(model: Name, version: Name) {
        self.model = model
        self.version = version
    }
}

/// Accepted rows of a predictions file, in file order, with the dictionaries that they point into.
///
/// `models` and `sliceSets` grow over the batches of one reader: an index keeps its meaning from batch
/// to batch. `scores`, `details` and `idBytes` are of this batch alone, so that memory stays bounded.
package struct PredictionBatch: Sendable {
    package var rows: [PredictionRow] = []
    /// The scores of all rows, `scoresPerRow` for each.
    ///
    /// Binary: the probability of the positive class. Regression: the value. Multiclass: one probability
    /// a class.
    package var scores: [Double] = []
    package var scoresPerRow = 1
    package var models: [ModelName] = []
    /// Slice values in the order of the task's slice keys; an empty text where a row gave none.
    package var sliceSets: [[Name]] = []
    /// What a row says beyond its score (`decision`, `entity`, `features` …), as JSON with sorted keys.
    package var details: [String] = [""]
    /// Whether any row of this batch or of one before it names its entity.
    package var namesEntities = false
    package var idBytes: [UInt8] = []
    package var rejects: [Reject] = []
    /// The inputs that the rows are from, in order.
    package var inputs: [BatchInput] = []
    /// Rows read for this batch, accepted or rejected.
    package var rowsRead = 0
}
