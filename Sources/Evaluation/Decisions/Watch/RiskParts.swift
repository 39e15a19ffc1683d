import Statistics

/// A mean Brier score split into miscalibration, discrimination and uncertainty (CORP).
package struct RiskParts: Sendable, Equatable {
    package var score: Double
    package var miscalibration: Double
    package var discrimination: Double
    package var uncertainty: Double
    package var rows: Int

    /// `nil` without labelled rows or without their scores.
    init?(_ sums: RiskSums) {
        let mean = Double(sums.loss) / Double(max(1, sums.labelled))
        guard sums.labelled > 0, let histogram = ClassScores(sums.scores).histogram,
            let parts = scoreDecomposition(histogram, meanScore: mean)
        else { return nil }
        score = mean
        miscalibration = parts.miscalibration.value
        discrimination = parts.discrimination.value
        uncertainty = parts.uncertainty
        rows = sums.labelled
    }
}

/// What the parts of a risk are worked out from, summed over blocks.
struct RiskSums: Sendable {
    private(set) var scores = SparseHistogram(slotCount: ClassScores.slotCount)
    private(set) var loss = ExactNumber()
    private(set) var labelled = 0

    init(_ days: some Sequence<EvidenceDay> = []) {
        for day in days { add(day) }
    }

    mutating func add(_ day: EvidenceDay) {
        scores.add(day.cell.scores)
        loss.add(day.cell.exactLossSum)
        labelled += day.cell.labelled
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
}
