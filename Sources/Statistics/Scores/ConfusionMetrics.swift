import RealModule

// Every metric is nil where its formula divides by zero: an undefined value is never 0.
// Checked against scikit-learn 1.9.1 where it defines a value: fixtures/statistics/01_binary.
extension ConfusionCounts {
    private static func ratio(_ numerator: Double, _ denominator: Double) -> Double? {
        denominator > 0 ? numerator / denominator : nil
    }

    /// The share of right decisions, (TP + TN)/N, from 0 to 1; `nil` without rows.
    public var accuracy: Double? { Self.ratio(truePositives + trueNegatives, total) }

    /// The share of positives among those predicted positive, TP/(TP + FP); `nil` if there are none.
    public var precision: Double? { Self.ratio(truePositives, predictedPositives) }

    /// The share of positives that were found, TP/(TP + FN); `nil` without positives.
    public var recall: Double? { Self.ratio(truePositives, positives) }

    /// The share of negatives that were left alone, TN/(TN + FP); `nil` without negatives.
    public var specificity: Double? { Self.ratio(trueNegatives, negatives) }

    /// The share of negatives among those predicted negative, TN/(TN + FN); `nil` if there are none.
    public var negativePredictiveValue: Double? { Self.ratio(trueNegatives, predictedNegatives) }

    /// The share of positives, (TP + FN)/N; `nil` without rows.
    public var baseRate: Double? { Self.ratio(positives, total) }

    /// The F1 score, 2TP/(2TP + FN + FP); `nil` without positives, found or claimed.
    public var f1: Double? { fScore(beta: 1) }

    /// The F score that weighs recall β times as much as precision.
    ///
    ///     F_β = (1 + β²)TP / ((1 + β²)TP + β²FN + FP)            0 ≤ F ≤ 1, higher is better
    ///
    /// - Parameter beta: β > 0.
    /// - Returns: The score, or `nil` when TP, FN and FP are all 0.
    public func fScore(beta: Double) -> Double? {
        let square = beta * beta
        let numerator = (1 + square) * truePositives
        return Self.ratio(numerator, numerator + square * falseNegatives + falsePositives)
    }

    /// The Jaccard index, TP/(TP + FP + FN); `nil` when all three are 0.
    public var jaccard: Double? {
        Self.ratio(truePositives, truePositives + falsePositives + falseNegatives)
    }

    /// The mean of recall and specificity; `nil` unless both classes are present.
    public var balancedAccuracy: Double? {
        guard let recall, let specificity else { return nil }
        return 0.5 * (recall + specificity)
    }

    /// Matthews' correlation coefficient, from −1 to 1; `nil` if a row or column of the table is 0.
    ///
    ///     MCC = (TP·TN − FP·FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN))
    public var matthewsCorrelation: Double? {
        // Shares keep every product within range, however large the counts.
        let n = total
        guard n > 0 else { return nil }
        let scale =
            Double.sqrt(predictedPositives / n) * Double.sqrt(positives / n)
            * Double.sqrt(negatives / n) * Double.sqrt(predictedNegatives / n)
        guard scale > 0 else { return nil }
        let difference =
            (truePositives / n) * (trueNegatives / n) - (falsePositives / n) * (falseNegatives / n)
        return min(1, max(-1, difference / scale))
    }

    /// Cohen's kappa, (p_o − p_e)/(1 − p_e), at most 1; `nil` if chance agreement p_e is 1.
    public var cohenKappa: Double? {
        let n = total
        guard n > 0, let observed = accuracy else { return nil }
        let chance =
            (predictedPositives / n) * (positives / n) + (predictedNegatives / n) * (negatives / n)
        return Self.ratio(observed - chance, 1 - chance)
    }
}
