/// What the slots of a cell mean.
///
/// A cell has totals (counts, and sums: of losses in `FixedPoint.lossUnits` for binary tasks, exact ones for
/// regression) and a sparse histogram; adding and taking back never looks at the meaning, so one mechanism serves
/// all kinds of task.
package struct CellLayout: Sendable, Equatable {
    package let kind: TaskKind
    let totals: TotalsShape
    let pairTotals: TotalsShape

    package init(kind: TaskKind) {
        self.kind = kind
        switch kind {
        case .binary, .multiclass:
            totals = Self.binary
            pairTotals = Self.binaryPair
        case .regression:
            totals = RegressionTotal.shape
            pairTotals = RegressionPairTotal.shape
        }
    }

    private static let binary =
        TotalsShape(numbers: BinaryGroup.allCases.count * BinaryTotal.allCases.count)
    private static let binaryPair = TotalsShape(numbers: 2 * BinaryPairTotal.allCases.count)

    /// No rows.
    func histogram(fine: Bool) -> SparseHistogram {
        SparseHistogram(
            slotCount: histogramSlots(fine: fine),
            edges: kind == .regression ? .magnitudes : .scores
        )
    }

    /// The histogram's slots: for binary tasks a count and a score sum for each group and bin, for regression
    /// a count for each bin of the absolute residual.
    package func histogramSlots(fine: Bool) -> Int {
        switch kind {
        case .binary, .multiclass:
            BinaryGroup.allCases.count * 2 * (fine ? ScoreEdges.fine : ScoreEdges.coarse).count
        case .regression:
            MagnitudeEdges.starts.count
        }
    }
}

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

/// The counts of a regression cell.
package enum RegressionTotal: Int, CaseIterable, Sendable {
    case unlabelled
    case labelled

    /// The first format had the sum of errors too, which is that of predictions less that of labels.
    static let shape = TotalsShape(firstFormat: [
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

    static let shape = TotalsShape(
        firstFormat: allCases.map { .number($0.rawValue) }
            + RegressionPairSum.allCases.map { .sum($0.rawValue) }
    )
}

/// The sums of a pair of regression models, over labelled requests.
package enum RegressionPairSum: Int, CaseIterable, Sendable {
    case absoluteErrorFirst
    case absoluteErrorSecond
    case absoluteErrorGainSquared
    case squaredErrorFirst
    case squaredErrorSecond
}
