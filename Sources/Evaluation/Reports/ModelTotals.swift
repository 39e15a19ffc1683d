/// Counts of a model cell that do not depend on the label policy.
package struct ModelTotals: Sendable {
    package let predictions: Int
    package let labelled: Int

    package init(kind: TaskKind, _ totals: CellTotals) {
        let totals = totals.numbers
        switch kind {
        case .binary, .multiclass:
            labelled = Int(
                totals[BinaryTotal.count.slot(.negative)]
                    + totals[BinaryTotal.count.slot(.positive)]
            )
            predictions = labelled + Int(totals[BinaryTotal.count.slot(.unlabelled)])
        case .regression:
            labelled = Int(totals[RegressionTotal.labelled.rawValue])
            predictions = labelled + Int(totals[RegressionTotal.unlabelled.rawValue])
        }
    }
}
