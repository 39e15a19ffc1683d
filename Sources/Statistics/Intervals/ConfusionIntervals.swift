import RealModule

// Intervals from the four counts alone. The rows count as independent.
extension ConfusionMetric {
    /// The interval of the metric of a table of independent rows.
    ///
    /// Shares have Wilson's interval, F1 and Jaccard Wilson's on the Jaccard index, balanced
    /// accuracy Newcombe's MOVER, and MCC the delta method on Fisher's z.
    ///
    /// - Parameters:
    ///   - counts: The table.
    ///   - level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval; `nil` where the metric or its variance is undefined, and for kappa.
    public func interval(in counts: ConfusionCounts, level: Double = 0.95) -> Interval? {
        switch self {
        case .accuracy:
            wilsonInterval(
                successes: counts.truePositives + counts.trueNegatives,
                trials: counts.total,
                level: level
            )
        case .precision:
            wilsonInterval(
                successes: counts.truePositives,
                trials: counts.predictedPositives,
                level: level
            )
        case .recall:
            wilsonInterval(successes: counts.truePositives, trials: counts.positives, level: level)
        case .specificity:
            wilsonInterval(successes: counts.trueNegatives, trials: counts.negatives, level: level)
        case .negativePredictiveValue:
            wilsonInterval(
                successes: counts.trueNegatives,
                trials: counts.predictedNegatives,
                level: level
            )
        case .f1: counts.f1Interval(level: level)
        case .jaccard: counts.jaccardInterval(level: level)
        case .balancedAccuracy: counts.balancedAccuracyInterval(level: level)
        case .matthewsCorrelation: counts.matthewsCorrelationInterval(level: level)
        case .cohenKappa: nil
        }
    }
}

extension ConfusionCounts {
    /// Wilson's interval of the Jaccard index, a share of the TP + FP + FN rows that matter to it.
    ///
    /// - Parameter level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval, or `nil` when the index is undefined.
    public func jaccardInterval(level: Double = 0.95) -> Interval? {
        wilsonInterval(
            successes: truePositives,
            trials: truePositives + falsePositives + falseNegatives,
            level: level
        )
    }

    /// The interval of F1 through F1 = 2J/(1 + J) from the interval of the Jaccard index J.
    ///
    /// Own construction on a published interval: given TP + FP + FN, TP is binomial, and the
    /// transformation is increasing, so the coverage is Wilson's.
    ///
    /// - Parameter level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval, or `nil` when F1 is undefined.
    public func f1Interval(level: Double = 0.95) -> Interval? {
        jaccardInterval(level: level).map { jaccard in
            Interval(
                low: 2 * jaccard.low / (1 + jaccard.low),
                high: 2 * jaccard.high / (1 + jaccard.high)
            )
        }
    }

    /// Newcombe's MOVER interval of balanced accuracy from the Wilson limits of its two shares.
    ///
    ///     low = ½(r + s) − ½√((r − l₁)² + (s − l₂)²), and high likewise
    ///
    /// - Parameter level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval, or `nil` unless both classes are present.
    ///
    /// ## Source
    ///
    /// Newcombe, R. G. (1998). Interval estimation for the difference between independent
    /// proportions. *Statistics in Medicine*, 17(8), 873–890, method 10.
    public func balancedAccuracyInterval(level: Double = 0.95) -> Interval? {
        guard let recall, let specificity,
            let first = wilsonInterval(successes: truePositives, trials: positives, level: level),
            let second = wilsonInterval(successes: trueNegatives, trials: negatives, level: level)
        else { return nil }
        let centre = 0.5 * (recall + specificity)
        let below = 0.5 * Double.hypot(recall - first.low, specificity - second.low)
        let above = 0.5 * Double.hypot(first.high - recall, second.high - specificity)
        return Interval(low: max(0, centre - below), high: min(1, centre + above))
    }

    /// The standard error of MCC by the multinomial delta method.
    ///
    ///     Var = (Σ g²π − (Σ gπ)²)/N,  g = ∂MCC/∂π
    ///
    /// - Returns: The standard error, or `nil` when MCC is undefined.
    public func matthewsCorrelationStandardError() -> Double? {
        guard let mcc = matthewsCorrelation else { return nil }
        let n = total
        let (a, b, c, d) = (
            truePositives / n, falsePositives / n, falseNegatives / n, trueNegatives / n
        )
        let scale =
            Double.sqrt(a + b) * Double.sqrt(a + c) * Double.sqrt(d + b) * Double.sqrt(d + c)
        // ∂ ln(scale)/∂π is half the sum of the reciprocals of the margins that hold the cell.
        let (ab, ac, db, dc) = (0.5 / (a + b), 0.5 / (a + c), 0.5 / (d + b), 0.5 / (d + c))
        let gradient = [
            d / scale - mcc * (ab + ac), -c / scale - mcc * (ab + db),
            -b / scale - mcc * (ac + dc), a / scale - mcc * (db + dc),
        ]
        var mean = 0.0
        for (g, share) in zip(gradient, [a, b, c, d]) { mean += g * share }
        var variance = 0.0
        for (g, share) in zip(gradient, [a, b, c, d]) {
            variance += share * (g - mean) * (g - mean)
        }
        return Double.sqrt(variance / n)
    }

    /// The interval of MCC by Fisher's z: tanh(artanh(MCC) ± z·SE/(1 − MCC²)).
    ///
    /// - Parameter level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval, or `nil` when MCC is undefined or exactly ±1, where the delta method
    ///   gives no width.
    public func matthewsCorrelationInterval(level: Double = 0.95) -> Interval? {
        Checks.level(level)
        guard let mcc = matthewsCorrelation, let error = matthewsCorrelationStandardError(),
            abs(mcc) < 1
        else { return nil }
        let centre = Double.atanh(mcc)
        let half = Normal.critical(level: level) * error / (1 - mcc * mcc)
        return Interval(low: Double.tanh(centre - half), high: Double.tanh(centre + half))
    }
}
