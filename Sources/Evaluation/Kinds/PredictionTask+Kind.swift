extension PredictionTask {
    /// The columns of a prediction's scores.
    package var scoreColumns: ScoreColumns { kind.rows.scoreColumns(classes: classes) }

    /// How many numbers one prediction of this task is.
    package var scoresPerPrediction: Int { kind.rows.scoresPerPrediction(classes: classes) }

    /// Where a label lies that is a number, which is where scores lie; `nil` where labels name classes.
    package var labelRange: ClosedRange<Double>? {
        kind.has(.classes) ? nil : scoreColumns.range
    }

    /// The label that a request has whose label never came, once its time bucket is past the horizon (rule T9).
    ///
    /// The index of the negative class; `nil` where silence says nothing.
    package var silentLabel: Double? { kind.scoring.silentLabel(of: self) }

    /// Whether a label is that of the positive class.
    func isPositive(_ label: Double) -> Bool { Int(label) == positiveClass }

    /// Whether a score decides for the positive class; `nil` where nothing is decided at a threshold.
    package func decidesForPositive(_ score: Double) -> Bool? {
        kind.has(.threshold) ? score >= threshold : nil
    }

    /// The loss by which cohorts and single predictions are judged: the squared error of a probability (Brier score), or
    /// the absolute error of a number.
    ///
    /// - Parameters:
    ///   - score: The probability of the positive class, or the number.
    ///   - label: The index of the class, or the number.
    /// - Returns: From 0 on; 0 is right.
    package func cohortLoss(_ score: Double, label: Double) -> Double {
        kind.scoring.loss(score, label: label, of: self)
    }

    /// The metric that decisions about the task rest on.
    package var mainMetric: String { kind.mainLoss.metricName }
}
