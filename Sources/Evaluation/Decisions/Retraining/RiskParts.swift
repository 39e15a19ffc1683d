import Statistics

/// A mean Brier score split into miscalibration, discrimination and uncertainty (CORP).
package struct RiskParts: Sendable, Equatable {
    package var score: Double
    package var miscalibration: Double
    package var discrimination: Double
    package var uncertainty: Double
    package var rows: Int

    /// `nil` without labelled rows or without their scores.
    init?(_ cells: [CohortCell]) {
        var scores = SparseHistogram(slotCount: ClassScores.slotCount)
        var sum = ExactNumber()
        var labelled = 0
        for cell in cells {
            scores.add(cell.scores)
            sum.add(cell.exactLossSum)
            labelled += cell.labelled
        }
        let mean = Double(sum) / Double(max(1, labelled))
        guard labelled > 0, let histogram = ClassScores(scores).histogram,
            let parts = scoreDecomposition(histogram, meanScore: mean)
        else { return nil }
        score = mean
        miscalibration = parts.miscalibration.value
        discrimination = parts.discrimination.value
        uncertainty = parts.uncertainty
        rows = labelled
    }
}

/// How the parts of the risk have changed since the baseline.
package struct RiskChange: Sendable, Equatable {
    package var baseline: RiskParts
    package var recent: RiskParts

    package var score: Double { recent.score - baseline.score }
    package var miscalibration: Double { recent.miscalibration - baseline.miscalibration }
    package var discrimination: Double { recent.discrimination - baseline.discrimination }
    package var uncertainty: Double { recent.uncertainty - baseline.uncertainty }

    /// The share of the rise that is due to the problem being harder for any model.
    package var shareOfUncertainty: Double? { score > 0 ? uncertainty / score : nil }
}
