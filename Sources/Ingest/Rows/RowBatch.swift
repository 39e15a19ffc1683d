package import Evaluation

/// What batches of predictions and of labels have in common.
package protocol RowBatch {
    associatedtype Row: AcceptedRow
    var rows: [Row] { get }
    /// The texts of the ids that are no UUID, one after the other.
    var idBytes: [UInt8] { get }
    var rejects: [Reject] { get set }
    var rowsRead: Int { get set }
    /// The inputs that the accepted rows are from, in order.
    var inputs: [BatchInput] { get set }
}

/// An input that rows of a batch are from.
package struct BatchInput: Sendable {
    var name: String
    /// The place of its first row in the batch.
    var firstRow: Int
}

extension RowBatch {
    /// The id of a row as it is stored beside its key: empty for the caller's UUID.
    package func storedID(_ row: Row) -> String {
        let start = Int(row.idStart)
        return String(decoding: idBytes[start..<start + Int(row.idCount)], as: UTF8.self)
    }

    /// The name of the input that an accepted row is from.
    func inputName(ofRow index: Int) -> String {
        inputs.last { $0.firstRow <= index }?.name ?? ""
    }
}

extension PredictionBatch: RowBatch {}
extension LabelBatch: RowBatch {}

/// What accepted rows of predictions and of labels have in common.
package protocol AcceptedRow {
    var key: PredictionKey { get }
    var knownAt: Instant { get }
    var idStart: Int32 { get }
    var idCount: Int16 { get }
    var line: Int64 { get }
}

extension PredictionRow: AcceptedRow {}
extension LabelRow: AcceptedRow {}
