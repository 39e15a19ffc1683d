/// The gains of a labelled pair under each loss of its kind of task: loss(first) − loss(second).
package struct PairGains: Sendable {
    private let gains: [PairedLoss: ExactNumber]

    package init(_ gains: [PairedLoss: ExactNumber]) {
        self.gains = gains
    }

    /// 0 under a loss of other kinds of task.
    package subscript(loss: PairedLoss) -> ExactNumber { gains[loss] ?? ExactNumber() }
}
