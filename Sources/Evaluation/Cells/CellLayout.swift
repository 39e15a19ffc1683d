/// What the slots of a cell's two vectors of integers mean.
///
/// A cell is a vector of totals (losses in `FixedPoint.lossUnits`, counts) and a sparse histogram; adding and
/// taking back never looks at the meaning, so one mechanism serves all kinds of task.
package struct CellLayout: Sendable, Equatable {
    package let kind: TaskKind
    package let totalCount: Int
    package let pairTotalCount: Int

    package init(kind: TaskKind) {
        self.kind = kind
        switch kind {
        case .binary, .multiclass:
            totalCount = BinaryGroup.allCases.count * BinaryTotal.allCases.count
            pairTotalCount = 2 * BinaryPairTotal.allCases.count
        case .regression:
            totalCount = RegressionTotal.allCases.count
            pairTotalCount = RegressionPairTotal.allCases.count
        }
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

/// The totals of a regression cell, where an error is prediction − label.
package enum RegressionTotal: Int, CaseIterable, Sendable {
    case unlabelled
    case unlabelledPrediction
    case labelled
    case prediction
    case label
    case labelSquared
    case error
    case absoluteError
    case squaredError
    case absoluteLabel
}

/// The totals of a pair of regression models.
package enum RegressionPairTotal: Int, CaseIterable, Sendable {
    case unlabelled
    case labelled
    case absoluteErrorFirst
    case absoluteErrorSecond
    case absoluteErrorGainSquared
    case squaredErrorFirst
    case squaredErrorSecond
}
