/// The gains of a labelled pair under each loss of its kind of task: loss(first) − loss(second).
package struct PairGains: Sendable {
    private let gains: [(loss: PairedLoss, gain: ExactNumber)]

    package init(_ gains: [(loss: PairedLoss, gain: ExactNumber)]) {
        self.gains = gains
    }

    /// 0 under a loss of other kinds of task.
    package subscript(loss: PairedLoss) -> ExactNumber {
        gains.first { $0.loss == loss }?.gain ?? ExactNumber()
    }
}
