extension PredictionTask {
    /// The columns of a prediction's scores, in the order in which they are stored.
    package var scoreColumns: [Name] {
        switch kind {
        case .binary: ["score"]
        case .regression: ["value"]
        case .multiclass: classes.map { Name("p_\($0)") }
        }
    }

    /// The label that a request has whose label never came, once its time bucket is past the horizon (rule T9).
    ///
    /// The index of the negative class; `nil` where silence says nothing.
    package var silentLabel: Double? {
        guard kind.has(.threshold), labelPolicy == .negative else { return nil }
        return positiveClass == 0 ? 1 : 0
    }

    /// The loss by which cohorts and single predictions are judged: the squared error of a probability (Brier score), or
    /// the absolute error of a number.
    ///
    /// - Parameters:
    ///   - score: The probability of the positive class, or the number.
    ///   - label: The index of the class, or the number.
    /// - Returns: From 0 on; 0 is right.
    package func cohortLoss(_ score: Double, label: Double) -> Double {
        switch kind {
        case .binary, .multiclass:
            let difference = score - (Int(label) == positiveClass ? 1 : 0)
            return difference * difference
        case .regression:
            return abs(score - label)
        }
    }
}
