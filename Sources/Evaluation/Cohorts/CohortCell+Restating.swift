extension CohortCell {
    /// What a cohort would hold if it were frozen now, from a cell; unlabelled rows are negatives under that policy.
    ///
    /// Each row lies at the mean score of its bin and class, so that its loss is off by the width of the bin squared
    /// at most; sums of losses are exact.
    package init(restating cell: ModelCell, of task: PredictionTask) {
        self.init(kind: task.kind)
        if task.kind == .regression {
            restateRegression(cell)
        } else {
            restateBinary(cell, impliesNegatives: task.silentLabel != nil)
        }
    }

    private mutating func restateBinary(_ cell: ModelCell, impliesNegatives: Bool) {
        func sum(_ total: BinaryTotal, _ groups: [BinaryGroup]) -> Int128 {
            groups.reduce(0) { $0 + cell.totals.numbers[total.slot($1)] }
        }
        let known: [BinaryGroup] =
            impliesNegatives ? BinaryGroup.allCases : [.negative, .positive]
        totals.numbers = [
            sum(.count, BinaryGroup.allCases), sum(.count, known), sum(.brier, known),
            sum(.brierSquared, known),
        ]
        let bins = ScoreEdges.fine.count
        let entries = cell.histogram.entries
        let sums = Dictionary(
            uniqueKeysWithValues: entries.lazy.filter { $0.slot % 2 == 1 }.map {
                ($0.slot, $0.value)
            }
        )
        let grid = LossGrid.uniform
        for (slot, count) in entries where slot % 2 == 0 {
            guard let group = BinaryGroup(rawValue: slot / 2 / bins), known.contains(group) else {
                continue
            }
            let scoreSum = sums[slot + 1] ?? 0
            let isPositive = group == .positive
            let place = ClassScores.slot(bin: slot / 2 % bins, isPositive: isPositive)
            scores.add(count, at: place)
            scores.add(scoreSum, at: place + 1)
            let score = FixedPoint.value(ofScoreSum: Int128(scoreSum)) / Double(count)
            spread(count, loss: min(1, BinaryLosses.brier(score, isPositive: isPositive)), grid)
        }
    }

    private mutating func restateRegression(_ cell: ModelCell) {
        let numbers = cell.totals.numbers
        let labelled = numbers[RegressionTotal.labelled.rawValue]
        totals.numbers = [labelled + numbers[RegressionTotal.unlabelled.rawValue], labelled]
        totals.sums = [cell.sum(.absoluteError), cell.sum(.squaredError)]
        let last = MagnitudeEdges.starts.count - 1
        let half = Int64(Self.weightUnits) / 2
        for (bin, count) in cell.histogram.entries {
            losses.add(count * half, at: bin)
            losses.add(count * half, at: min(last, bin + 1))
        }
    }

    private mutating func spread(_ count: Int64, loss: Double, _ grid: LossGrid) {
        let (point, share) = grid.split(loss)
        let upper = Int64((share * Self.weightUnits).rounded())
        losses.add(count * (Int64(Self.weightUnits) - upper), at: point)
        if upper != 0 { losses.add(count * upper, at: point + 1) }
    }
}
