import RealModule

/// The average precision (AP): precision averaged over the recall steps, without interpolation.
///
///     AP = Σ_k (R_k − R_{k−1}) P_k over distinct thresholds, descending            0 < AP ≤ 1
///
/// Higher is better; a useless ranking has about the base rate.
///
/// - Parameter forecasts: Forecasts with their outcomes.
/// - Returns: The average precision, or `nil` without positives.
/// - Complexity: O(n log n).
///
/// ## Edge cases
///
/// - Rows of equal score are one step. With positives only the value is 1.
///
/// ## Source
///
/// The step form of scikit-learn 1.9.1 `average_precision_score`; checked against it:
/// `fixtures/statistics/01_binary`.
public func averagePrecision(_ forecasts: BinaryForecasts) -> Double? {
    ScoreGroups(forecasts).averagePrecision
}

/// The average precision from bins, with bounds for the value from the rows themselves.
///
/// With a positives and c negatives in a bin after (TP, FP): at least
/// Σ_{j≤a} (TP+j)/(TP+j+FP+c) / n₁, at most a(TP+a)/(TP+a+FP) / n₁, whatever the ties. The value
/// takes each bin as one tie.
///
/// - Parameter histogram: Counts of both classes by bin.
/// - Returns: The value with its bounds, or `nil` without positives.
/// - Complexity: O(bins), by digamma increments for bins with many positives.
public func averagePrecision(_ histogram: ScoreHistogram) -> BoundedValue? {
    let groups = ScoreGroups(histogram)
    guard let value = groups.averagePrecision else { return nil }
    var (truePositives, falsePositives) = (0.0, 0.0)
    var (low, high) = (0.0, 0.0)
    for bin in (0..<groups.count).reversed() {
        let (a, c) = (groups.positives[bin], groups.negatives[bin])
        if a > 0 {
            low += stepSum(from: truePositives, steps: a, negatives: falsePositives + c)
            high += a * (truePositives + a) / (truePositives + a + falsePositives)
        }
        truePositives += a
        falsePositives += c
    }
    low = min(low / groups.positiveTotal, value)
    high = max(min(1, high / groups.positiveTotal), value)
    return BoundedValue(value: value, bounds: Interval(low: low, high: high))
}

/// Σ_{j=1..a} (t + j)/(t + j + c) = a − c (ψ(t + c + a + 1) − ψ(t + c + 1)).
private func stepSum(from t: Double, steps a: Double, negatives c: Double) -> Double {
    if c == 0 { return a }
    if a <= 32, a == a.rounded() {
        var sum = 0.0
        for j in 1...Int(a) { sum += (t + Double(j)) / (t + Double(j) + c) }
        return sum
    }
    return max(0, a - c * Stirling.digammaIncrement(t + c + 1, a))
}

/// The interval of an average precision on the logit scale: logit AP ± z/√(m·AP(1 − AP)).
///
/// - Parameters:
///   - averagePrecision: The average precision.
///   - positives: m, the number of independent positives.
///   - level: The confidence level, strictly between 0 and 1.
/// - Returns: The interval, or `nil` without positives or for a value of 0 or 1.
///
/// ## Source
///
/// Boyd, K., Eng, K. H. and Page, C. D. (2013). Area under the precision-recall curve: point estimates
/// and confidence intervals. *ECML PKDD*, 451–466, section 3.2.
public func averagePrecisionInterval(
    _ averagePrecision: Double,
    positives: Double,
    level: Double = 0.95
) -> Interval? {
    Checks.level(level)
    guard positives > 0, averagePrecision > 0, averagePrecision < 1 else { return nil }
    let error = Double.sqrt(averagePrecision * (1 - averagePrecision) / positives)
    return logitInterval(averagePrecision, standardError: error, level: level)
}

extension ScoreGroups {
    /// The average precision with groups as ties; `nil` without positives.
    var averagePrecision: Double? {
        guard positiveTotal > 0 else { return nil }
        var (truePositives, falsePositives, sum) = (0.0, 0.0, 0.0)
        for group in (0..<count).reversed() {
            truePositives += positives[group]
            falsePositives += negatives[group]
            if positives[group] > 0 {
                sum += positives[group] * truePositives / (truePositives + falsePositives)
            }
        }
        return min(1, sum / positiveTotal)
    }
}
