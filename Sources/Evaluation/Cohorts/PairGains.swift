/// The gains of a labelled pair under each loss of its kind of task, loss(first) − loss(second), as whole
/// numbers.
///
/// They are those that a paired cell sums, to the last unit.
package struct PairGains: Sendable {
    package let values: [Int128]

    /// * `label`: The class or the value.
    package init(first: Double, second: Double, label: Double, task: PredictionTask) {
        if task.kind == .regression {
            let (one, two) = (abs(first - label), abs(second - label))
            values = [
                FixedPoint.loss(one) - FixedPoint.loss(two),
                FixedPoint.loss(one * one) - FixedPoint.loss(two * two),
            ]
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
        ]
    }
}
