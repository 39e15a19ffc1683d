import Statistics

extension BinaryScoring {
    private static let brier = CohortLoss(
        name: "Brier score",
        watchedName: "Brier score",
        grid: .uniform
    )

    var cohortLoss: CohortLoss { Self.brier }

    func loss(_ score: Double, label: Double, of task: PredictionTask) -> Double {
        BinaryLosses.brier(score, isPositive: task.isPositive(label))
    }

    /// Each row lies at the mean score of its bin and class, so that its loss is off by the width of the bin squared
    /// at most; sums of losses are exact.
    func restate(_ cell: ModelCell, of task: PredictionTask, in cohort: inout CohortCell) {
        func sum(_ total: BinaryTotal, _ groups: [BinaryGroup]) -> Int128 {
            groups.reduce(0) { $0 + cell.totals.binary(total, $1) }
        }
        let known: [BinaryGroup] =
            silentLabel(of: task) == nil ? [.negative, .positive] : BinaryGroup.allCases
        cohort.totals.numbers = [
            sum(.count, BinaryGroup.allCases), sum(.count, known), sum(.brier, known),
            sum(.brierSquared, known),
        ]
        let bins = ScoreEdges.fine.count
        let entries = cell.histogram.entries
        for (index, (slot, count)) in entries.enumerated() where slot % 2 == 0 {
            guard let group = BinaryGroup(rawValue: slot / 2 / bins), known.contains(group) else {
                continue
            }
            let next = entries.dropFirst(index + 1).first
            let scoreSum = next?.slot == slot + 1 ? next?.value ?? 0 : 0
            let isPositive = group == .positive
            let place = ClassScores.slot(bin: slot / 2 % bins, isPositive: isPositive)
            cohort.scores.add(count, at: place)
            cohort.scores.add(scoreSum, at: place + 1)
            let score = FixedPoint.value(ofScoreSum: Int128(scoreSum)) / Double(count)
            let distance = isPositive ? 1 - score : score
            cohort.spread(count, loss: min(1, distance * distance), cohortLoss.grid)
        }
    }

    func retrainingRows(
        scores: [Double],
        outcomes: [Double],
        features: [FeatureColumn]
    ) throws -> RetrainingRows {
        try RetrainingRows(
            probabilities: scores,
            outcomes: outcomes.map { $0 == 1 },
            features: features
        )
    }
}

extension CohortCell {
    fileprivate mutating func spread(_ count: Int64, loss: Double, _ grid: LossGrid) {
        let (point, share) = grid.split(loss)
        let upper = Int64((share * Self.weightUnits).rounded())
        losses.add(count * (Int64(Self.weightUnits) - upper), at: point)
        if upper != 0 { losses.add(count * upper, at: point + 1) }
    }
}
