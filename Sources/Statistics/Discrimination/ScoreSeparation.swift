/// The Kolmogorov–Smirnov separation: the largest distance of the two classes' score distributions.
///
///     KS = max_s |F₀(s) − F₁(s)|            0 ≤ KS ≤ 1, higher is better
///
/// - Parameter forecasts: Forecasts with their outcomes.
/// - Returns: The separation, or `nil` unless both classes are present.
///
/// ## Source
///
/// Checked against scikit-learn 1.9.1 `roc_curve` (largest TPR − FPR): `fixtures/statistics/01_binary`.
public func scoreSeparation(_ forecasts: BinaryForecasts) -> Double? {
    ScoreGroups(forecasts).separation?.low
}

/// The Kolmogorov–Smirnov separation from bins, with bounds for the value from the rows themselves.
///
/// With D_b = F₀ − F₁ at the upper edge of bin b and f_b, g_b the bin's shares of the classes: at
/// least max |D_b|, at most max_b max(|D_{b−1} + f_b|, |D_{b−1} − g_b|).
///
/// - Parameter histogram: Counts of both classes by bin.
/// - Returns: The largest distance at an edge with its bounds, or `nil` unless both classes are
///   present.
public func scoreSeparation(_ histogram: ScoreHistogram) -> BoundedValue? {
    guard let limits = ScoreGroups(histogram).separation else { return nil }
    return BoundedValue(value: limits.low, bounds: limits)
}

extension ScoreGroups {
    /// The largest distance at the upper edges of groups, and the largest that may lie within one.
    var separation: Interval? {
        guard hasBothClasses else { return nil }
        var (zeros, ones) = (0.0, 0.0)
        var (low, high) = (0.0, 0.0)
        for group in 0..<count {
            let before = zeros / negativeTotal - ones / positiveTotal
            let f = negatives[group] / negativeTotal
            let g = positives[group] / positiveTotal
            high = max(high, max(abs(before + f), abs(before - g)))
            zeros += negatives[group]
            ones += positives[group]
            low = max(low, abs(zeros / negativeTotal - ones / positiveTotal))
        }
        return Interval(low: min(1, low), high: min(1, max(low, high)))
    }
}
