import Statistics

/// A block of evidence as the watch reads it.
struct WatchedBlock: Sendable {
    let day: EvidenceDay
    let scores: ClassScores
    /// How well the scores tell the block's classes apart; says nothing where there are no scores.
    let area: WithinBlockArea.Block

    init(_ day: EvidenceDay) {
        self.day = day
        scores = ClassScores(day.cell.scores)
        area = WithinBlockArea.Block(scores.histogram)
    }

    /// The Brier scores of the rows beside those of a constant forecast; `nil` without scores.
    ///
    /// Each row lies at the mean score of its bin.
    func relativeLosses(_ forecast: Double) -> RelativeRiskBlock? {
        guard scores.rows > 0 else { return nil }
        var (losses, references, weights) = ([Double](), [Double](), [Double]())
        let reference = (
            negative: BinaryLosses.brier(forecast, isPositive: false),
            positive: BinaryLosses.brier(forecast, isPositive: true)
        )
        for (index, score) in scores.scores.enumerated() {
            if scores.negatives[index] > 0 {
                losses.append(BinaryLosses.brier(score, isPositive: false))
                references.append(reference.negative)
                weights.append(scores.negatives[index])
            }
            if scores.positives[index] > 0 {
                losses.append(BinaryLosses.brier(score, isPositive: true))
                references.append(reference.positive)
                weights.append(scores.positives[index])
            }
        }
        return try? RelativeRiskBlock(
            losses: losses,
            references: references,
            weights: weights,
            largestReference: max(reference.negative, reference.positive)
        )
    }

    /// The losses themselves, brought to [0, 1]; `nil` without labelled rows.
    func losses(_ scale: LossScale) -> RelativeRiskBlock? {
        let weights = scale.uniformGrid(day.cell)
        let points = LossGrid.uniform.points
        let filled = weights.indices.filter { weights[$0] > 0 }
        guard !filled.isEmpty else { return nil }
        return try? RelativeRiskBlock(
            losses: filled.map { points[$0] },
            references: filled.map { _ in 1 },
            weights: filled.map { weights[$0] },
            largestReference: 1
        )
    }
}
