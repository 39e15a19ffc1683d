/// Performance estimated without labels from recalibrated scores (CBPE).
///
/// If the event of row i has probability cᵢ, the expected counts are sums of c and 1 − c, and the metrics
/// follow from them. It assumes that P(y | score) has not changed, so under concept drift it says
/// "fine": show it as an estimate with its assumption, never as an alarm of its own.
///
/// ## Source
///
/// The confidence-based performance estimation of NannyML 0.13.1; checked against it:
/// `fixtures/statistics/10_perf_estimation`.
public struct EstimatedPerformance: Sendable, Hashable {
    /// The expected decisions at the threshold.
    public let counts: ConfusionCounts
    /// The expected area under the ROC curve; `nil` when no event or no non-event is expected.
    public let areaUnderCurve: Double?
    /// The expected average precision; `nil` when no event is expected.
    public let averagePrecision: Double?
    /// The standard deviation of the share of right decisions if the cᵢ are true: √Σa(1 − a)/n.
    public let accuracyDeviation: Double

    /// Estimates the performance on unlabelled rows.
    ///
    /// - Parameters:
    ///   - scores: The scores, n ≥ 1, from 0 to 1; they decide and rank.
    ///   - calibrated: cᵢ, the recalibrated probabilities of the same rows.
    ///   - threshold: The lowest score that decides "positive".
    /// - Throws: ``StatisticsError`` for no rows, unequal lengths and values outside [0, 1].
    public init(
        scores: [Double],
        calibrated: [Double],
        threshold: Double
    ) throws(StatisticsError) {
        try Checks.notEmpty("scores", scores.count)
        try Checks.sameCount("scores", scores.count, "calibrated", calibrated.count)
        try Checks.probabilities("scores", scores)
        try Checks.probabilities("calibrated", calibrated)
        var (tp, fp, fn, tn, variance) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for (score, c) in zip(scores, calibrated) {
            variance += c * (1 - c)
            if score >= threshold {
                tp += c
                fp += 1 - c
            } else {
                fn += c
                tn += 1 - c
            }
        }
        counts = ConfusionCounts(
            truePositives: tp,
            falsePositives: fp,
            falseNegatives: fn,
            trueNegatives: tn
        )
        accuracyDeviation = variance.squareRoot() / Double(scores.count)
        let order = scores.indices.sorted { (scores[$0], $0) > (scores[$1], $1) }
        var (events, others, area, precision) = (0.0, 0.0, 0.0, 0.0)
        for (rank, row) in order.enumerated() {
            let c = calibrated[row]
            area += (1 - c) * (events + 0.5 * c)
            events += c
            others += 1 - c
            precision += c * events / Double(rank + 1)
        }
        areaUnderCurve = events > 0 && others > 0 ? min(1, area / events / others) : nil
        averagePrecision = events > 0 ? min(1, precision / events) : nil
    }
}

/// The sampling error of a share among n rows, from how it scattered in a reference period.
///
/// - Parameters:
///   - metric: `.accuracy`, `.precision`, `.recall` or `.specificity`.
///   - reference: The decisions of the reference period.
///   - rowCount: n ≥ 1, the rows of the period that is estimated.
/// - Returns: √(v(1 − v)/(n · share of rows that matter)), or `nil` for other metrics and where the
///   metric is undefined.
public func samplingError(
    _ metric: ConfusionMetric,
    reference: ConfusionCounts,
    rowCount: Int
) -> Double? {
    precondition(rowCount >= 1, "There is one row or more.")
    guard let value = metric.value(in: reference) else { return nil }
    let relevant: Double
    switch metric {
    case .accuracy: relevant = reference.total
    case .precision: relevant = reference.predictedPositives
    case .recall: relevant = reference.positives
    case .specificity: relevant = reference.negatives
    default: return nil
    }
    let share = relevant / reference.total
    return (value * (1 - value) / (Double(rowCount) * share)).squareRoot()
}

/// Limits of what counts as usual: mean ± 3 population standard deviations of reference values.
///
/// - Parameters:
///   - referenceValues: The realised values of the reference periods, n ≥ 1 finite.
///   - deviations: How many standard deviations, 0 or more.
///   - range: Where the metric can lie; the limits are cut to it.
/// - Returns: The limits.
/// - Throws: ``StatisticsError`` for no values and values that are not finite.
public func usualRange(
    referenceValues: [Double],
    deviations: Double = 3,
    range: Interval = Interval(low: 0, high: 1)
) throws(StatisticsError) -> Interval {
    precondition(deviations >= 0, "The deviations are 0 or more.")
    let estimate = try MeanEstimate(values: referenceValues)
    let n = Double(referenceValues.count)
    let deviation = (estimate.standardError ?? 0) * (max(0, n - 1)).squareRoot()
    let low = estimate.mean - deviations * deviation
    let high = estimate.mean + deviations * deviation
    return Interval(
        low: min(max(low, range.low), range.high),
        high: max(min(high, range.high), range.low)
    )
}
