/// What is known of the outcome of the predictions that a total sums over.
package enum BinaryGroup: Int, CaseIterable, Sendable {
    /// No label yet; losses are those of a negative, for the policy that takes silence as a negative.
    case unlabelled
    case negative
    case positive
}

/// The totals of a binary cell, once for each group.
package enum BinaryTotal: Int, CaseIterable, Sendable {
    case count
    /// Rows whose score reaches the task's threshold.
    case predictedPositive
    case brier
    case brierSquared
    case logLoss
    case logLossSquared
    /// Rows whose probability was clipped for the log loss.
    case clipped

    package func slot(_ group: BinaryGroup) -> Int {
        group.rawValue * BinaryTotal.allCases.count + rawValue
    }
}

/// The totals of a pair of binary models, for unlabelled pairs (as negatives) and for labelled ones.
package enum BinaryPairTotal: Int, CaseIterable, Sendable {
    case bothRight
    case firstRightOnly
    case secondRightOnly
    case bothWrong
    case brierFirst
    case brierSecond
    case brierGainSquared
    case logLossFirst
    case logLossSecond
    case logLossGainSquared

    package func slot(labelled: Bool) -> Int {
        (labelled ? BinaryPairTotal.allCases.count : 0) + rawValue
    }
}

/// What a pair of binary models has once, whatever is known of the label.
package enum BinaryPairDistance: Int, CaseIterable, Sendable {
    /// Pairs whose distance is summed: all that were added since it is.
    case pairs
    /// Of the squared difference of the scores, in units of a score.
    case squared

    package var slot: Int { 2 * BinaryPairTotal.allCases.count + rawValue }
}

extension CellLayout {
    /// Totals are counts and sums of losses in `FixedPoint.lossUnits`; a histogram has a count and a score sum for each
    /// group and bin.
    static let binary = CellLayout(
        totals: TotalsShape(numbers: BinaryGroup.allCases.count * BinaryTotal.allCases.count),
        pairTotals: TotalsShape(
            firstFormat: (0..<2 * BinaryPairTotal.allCases.count).map(TotalsShape.Place.number),
            adding: .init(numbers: BinaryPairDistance.allCases.count)
        ),
        edges: .scores,
        fineSlots: BinaryGroup.allCases.count * 2 * ScoreEdges.fine.count,
        coarseSlots: BinaryGroup.allCases.count * 2 * ScoreEdges.coarse.count
    )
}

extension CellTotals {
    func binary(_ total: BinaryTotal, _ group: BinaryGroup) -> Int128 {
        numbers[total.slot(group)]
    }

    /// A sum of losses, or of their squares, over labelled predictions.
    func labelledSum(_ total: BinaryTotal) -> ExactNumber {
        FixedPoint.exact(lossSum: binary(total, .negative) + binary(total, .positive))
    }
}
