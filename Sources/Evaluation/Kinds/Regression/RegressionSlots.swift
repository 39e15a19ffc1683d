/// The counts of a regression cell.
package enum RegressionTotal: Int, CaseIterable, Sendable {
    case unlabelled
    case labelled

    /// The first format had the sum of errors too, which is that of predictions less that of labels.
    fileprivate static let shape = TotalsShape(firstFormat: [
        .number(unlabelled.rawValue), .sum(RegressionSum.unlabelledPrediction.rawValue),
        .number(labelled.rawValue), .sum(RegressionSum.prediction.rawValue),
        .sum(RegressionSum.label.rawValue), .sum(RegressionSum.labelSquared.rawValue), .nowhere,
        .sum(RegressionSum.absoluteError.rawValue), .sum(RegressionSum.squaredError.rawValue),
        .sum(RegressionSum.absoluteLabel.rawValue),
    ])
}

/// The sums of a regression cell; an error is the double nearest to prediction − label.
package enum RegressionSum: Int, CaseIterable, Sendable {
    case unlabelledPrediction
    /// Of labelled rows, as all that follow.
    case prediction
    case label
    case labelSquared
    case absoluteError
    case squaredError
    case absoluteLabel
}

/// The counts of a pair of regression models.
package enum RegressionPairTotal: Int, CaseIterable, Sendable {
    case unlabelled
    case labelled
    /// Pairs whose distance is summed: all that were added since it is.
    case withDistance

    fileprivate static let shape = TotalsShape(
        firstFormat: [unlabelled, labelled].map { .number($0.rawValue) }
            + RegressionPairSum.allCases.dropLast().map { .sum($0.rawValue) },
        adding: .init(numbers: 1, sums: 1)
    )
}

/// The sums of a pair of regression models, over labelled requests but for the last.
package enum RegressionPairSum: Int, CaseIterable, Sendable {
    case absoluteErrorFirst
    case absoluteErrorSecond
    case absoluteErrorGainSquared
    case squaredErrorFirst
    case squaredErrorSecond
    /// Of the distance of both values, with a label or without.
    case distance
}

extension CellLayout {
    /// Totals are counts and exact sums; a histogram has a count for each bin of the absolute residual, in slices too.
    static let regression = CellLayout(
        totals: RegressionTotal.shape,
        pairTotals: RegressionPairTotal.shape,
        edges: .magnitudes,
        fineSlots: MagnitudeEdges.starts.count,
        coarseSlots: MagnitudeEdges.starts.count
    )
}

extension CellTotals {
    func count(_ total: RegressionTotal) -> Int { Int(numbers[total.rawValue]) }

    func sum(_ sum: RegressionSum) -> ExactNumber { sums[sum.rawValue] }

    func sum(_ sum: RegressionPairSum) -> ExactNumber { sums[sum.rawValue] }

    /// The sum of prediction − label.
    var errorSum: ExactNumber { sum(.prediction) - sum(.label) }
}
