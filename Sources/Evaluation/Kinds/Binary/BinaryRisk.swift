import Statistics

extension BinaryScoring {
    var risk: any RiskSource { BrierRisk() }
    var relativeRisk: any RiskSource { RelativeBrierRisk() }
    var outcomeForecast: OutcomeForecast { .share(ReferenceForecast()) }
}

/// The Brier scores themselves; each row lies at a point of the grid, so that the mean is kept.
private struct BrierRisk: RiskSource {
    func next(_ block: WatchedBlock) -> RelativeRiskBlock? {
        let entries = block.day.cell.losses.entries.filter { $0.value > 0 }
        guard !entries.isEmpty else { return nil }
        return try? RelativeRiskBlock(
            losses: entries.map { LossGrid.uniform.points[$0.slot] },
            references: entries.map { _ in 1 },
            weights: entries.map { Double($0.value) / CohortCell.weightUnits },
            largestReference: 1
        )
    }
}

/// The Brier scores beside those of a constant forecast; each row lies at the mean score of its bin.
private struct RelativeBrierRisk: RiskSource {
    private var forecast = ReferenceForecast()

    mutating func next(_ block: WatchedBlock) -> RelativeRiskBlock? {
        defer {
            forecast.add(rows: block.scores.rows, positives: block.scores.positiveRows)
        }
        return forecast.isSettled ? losses(block.scores) : nil
    }

    private func losses(_ scores: ClassScores) -> RelativeRiskBlock? {
        guard scores.rows > 0 else { return nil }
        var (losses, references, weights) = ([Double](), [Double](), [Double]())
        let reference = (
            negative: BinaryLosses.brier(forecast.probability, isPositive: false),
            positive: BinaryLosses.brier(forecast.probability, isPositive: true)
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
}
