/// Counts of a model cell that do not depend on the label policy.
package struct ModelTotals: Sendable {
    package let predictions: Int
    package let labelled: Int

    init(predictions: Int, labelled: Int) {
        self.predictions = predictions
        self.labelled = labelled
    }

    package init(kind: TaskKind, _ totals: CellTotals) { self = kind.scoring.counts(totals) }
}
