package import Evaluation

/// One accepted row of a labels file.
package struct LabelRow: Sendable {
    package var key: PredictionKey
    package var observedAt: Instant
    /// The instant the file gives under backfill; `Instant.distantPast` where the server's clock counts.
    package var knownAt: Instant
    /// The caller's hint of when the prediction was made; `Instant.distantPast` without one.
    package var predictedAt: Instant
    /// The index of the class for binary and multiclass, the value for regression, 0 where withdrawn.
    package var value: Double
    package var isWithdrawn: Bool
    /// Index into `LabelBatch.sources`; 0 is the empty text, "no source given".
    package var source: Int32
    /// Where the prediction id starts in `LabelBatch.idBytes`; only for ids that are no UUID.
    package var idStart: Int32
    /// The length of the prediction id in bytes; 0 where the key is the caller's UUID.
    package var idCount: Int16
    /// The 1-based line of the file that the row starts on.
    package var line: Int64
}

/// Accepted rows of a labels file, in file order, with the dictionaries that they point into.
///
/// `sources` grows over the batches of one reader: an index keeps its meaning from batch to batch.
/// `idBytes` is of this batch alone.
package struct LabelBatch: Sendable {
    package var rows: [LabelRow] = []
    package var sources: [Name] = [.empty]
    package var idBytes: [UInt8] = []
    package var rejects: [Reject] = []
    /// The inputs that the rows are from, in order.
    package var inputs: [BatchInput] = []
    /// Rows read for this batch, accepted or rejected.
    package var rowsRead = 0
}
