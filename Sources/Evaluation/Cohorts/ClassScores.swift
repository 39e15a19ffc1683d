package import Statistics

/// The scores of labelled predictions by class and bin: rows, positives and mean score of every bin that is
/// not empty.
package struct ClassScores: Sendable {
    /// The mean score of the bin's rows.
    package private(set) var scores: [Double] = []
    package private(set) var negatives: [Double] = []
    package private(set) var positives: [Double] = []

    /// Slots of `CohortCell.scores`: for each bin a count and a sum of scores, negatives before positives.
    static let slotCount = 4 * ScoreEdges.fine.count

    static func slot(bin: Int, isPositive: Bool) -> Int {
        4 * bin + (isPositive ? 2 : 0)
    }

    package init(_ histogram: SparseHistogram) {
        var sums: [Double] = []
        var previous = -1
        for (slot, value) in histogram.entries {
            if slot / 4 != previous {
                previous = slot / 4
                sums.append(0)
                negatives.append(0)
                positives.append(0)
            }
            switch slot % 4 {
            case 0: negatives[negatives.count - 1] += Double(value)
            case 2: positives[positives.count - 1] += Double(value)
            default: sums[sums.count - 1] += Double(value) / Double(FixedPoint.scoreUnits)
            }
        }
        for bin in sums.indices {
            scores.append(min(1, sums[bin] / (negatives[bin] + positives[bin])))
        }
    }

    package var rows: Double { negatives.reduce(0, +) + positiveRows }
    package var positiveRows: Double { positives.reduce(0, +) }

    /// As bins of a reliability diagram; `nil` without rows.
    package var bins: CalibrationBins? {
        guard !scores.isEmpty else { return nil }
        let counts = zip(negatives, positives).map { $0 + $1 }
        return try? CalibrationBins(
            counts: counts,
            scoreSums: zip(scores, counts).map { $0 * $1 },
            positives: positives
        )
    }

    /// As a histogram by class; `nil` without rows.
    package var histogram: ScoreHistogram? {
        guard !scores.isEmpty else { return nil }
        return try? ScoreHistogram(negatives: negatives, positives: positives)
    }

    /// The mean of a loss of the score and of whether the row is a positive; 0 without rows.
    package func mean(_ loss: (Double, Bool) -> Double) -> Double {
        var sum = 0.0
        for (index, score) in scores.enumerated() {
            if negatives[index] > 0 { sum += negatives[index] * loss(score, false) }
            if positives[index] > 0 { sum += positives[index] * loss(score, true) }
        }
        return sum / max(1, rows)
    }

    /// The same rows with other scores, bins that come to the same score taken together.
    ///
    /// `map` is nondecreasing.
    package func mapped(_ map: (Double) -> Double) -> ClassScores {
        var result = self
        result.scores = []
        result.negatives = []
        result.positives = []
        for (index, score) in scores.enumerated() {
            let new = map(score)
            if result.scores.last == new {
                result.negatives[result.negatives.count - 1] += negatives[index]
                result.positives[result.positives.count - 1] += positives[index]
            } else {
                result.scores.append(new)
                result.negatives.append(negatives[index])
                result.positives.append(positives[index])
            }
        }
        return result
    }
}
