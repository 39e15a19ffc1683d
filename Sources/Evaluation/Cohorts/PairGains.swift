/// The gains of a labelled pair under each loss of its kind of task, loss(first) − loss(second), exactly
/// those that a paired cell sums.
package struct PairGains: Sendable {
    package let values: [ExactNumber]

    /// The gains of the pair of scores for a `label`, which is the class or the value.
    package init(first: Double, second: Double, label: Double, task: PredictionTask) {
        if task.kind == .regression {
            let (one, two) = (abs(first - label), abs(second - label))
            var squares = ExactNumber()
            squares.addSquare(of: one)
            squares.addSquare(of: two, sign: -1)
            values = [ExactNumber(one) - ExactNumber(two), squares]
            return
        }
        let isPositive = Int(label) == task.positiveClass
        let sides = [first, second].map {
            BinaryLosses(probability: $0, isPositive: isPositive, threshold: task.threshold)
        }
        let unit = FixedPoint.loss(1)
        values = [
            sides[0].brier - sides[1].brier,
            sides[0].logLoss - sides[1].logLoss,
            (sides[0].isRight ? 0 : unit) - (sides[1].isRight ? 0 : unit),
        ].map { FixedPoint.exact(lossSum: $0) }
    }
}
