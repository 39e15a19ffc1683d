import RealModule

/// The median absolute error, in the unit of y; lower is better.
///
/// Weights are not used.
///
/// - Parameter forecasts: n ≥ 1 forecasts.
/// - Returns: The median; the mean of the two middle values for even n.
public func medianAbsoluteError(_ forecasts: PointForecasts) -> Double {
    let errors = zip(forecasts.predictions, forecasts.outcomes).map { abs($0 - $1) }.sorted()
    return quantile(sorted: errors, 0.5)
}

/// The largest |ŷ − y|, in the unit of y; lower is better.
///
/// - Parameter forecasts: n ≥ 1 forecasts.
/// - Returns: The maximum.
public func maximumError(_ forecasts: PointForecasts) -> Double {
    zip(forecasts.predictions, forecasts.outcomes).map { abs($0 - $1) }.max() ?? 0
}

/// The coefficient of determination R² = 1 − SSE/SST, at most 1; higher is better.
///
/// - Parameter forecasts: n ≥ 1 forecasts; weights count.
/// - Returns: R², or `nil` when the outcomes do not vary.
///
/// ## Source
///
/// Checked against scikit-learn 1.9.1 `r2_score`: `fixtures/statistics/03_regression`.
public func determination(_ forecasts: PointForecasts) -> Double? {
    let spread = weightedSquares(forecasts.outcomes, forecasts.weights)
    guard spread.sum > 0 else { return nil }
    return 1 - forecasts.totals.squaredErrorSum / spread.sum
}

/// The explained variance, 1 − Var(y − ŷ)/Var(y): R² without the bias.
///
/// - Parameter forecasts: n ≥ 1 forecasts; weights count.
/// - Returns: The share, at most 1, or `nil` when the outcomes do not vary.
public func explainedVariance(_ forecasts: PointForecasts) -> Double? {
    let errors = zip(forecasts.outcomes, forecasts.predictions).map { $0 - $1 }
    let spread = weightedSquares(forecasts.outcomes, forecasts.weights)
    guard spread.sum > 0 else { return nil }
    return 1 - weightedSquares(errors, forecasts.weights).sum / spread.sum
}

private func weightedSquares(
    _ values: [Double],
    _ weights: [Double]
) -> (mean: Double, sum: Double) {
    var (sum, total) = (0.0, 0.0)
    for (value, weight) in zip(values, weights) {
        sum += weight * value
        total += weight
    }
    let mean = sum / total
    var squares = 0.0
    for (value, weight) in zip(values, weights) {
        squares += weight * (value - mean) * (value - mean)
    }
    return (mean, squares)
}

/// A mean percentage error with the rows that it had to leave out.
public struct PercentageError: Sendable, Hashable {
    /// The mean of |ŷ − y|/|y| as a share, not in percent; lower is better.
    public let value: Double
    /// The rows with y = 0, for which it is undefined.
    public let excludedCount: Int
}

/// The mean absolute percentage error (MAPE) over the rows with y ≠ 0.
///
/// Prefer the weighted form Σ|ŷ − y|/Σ|y|: this one explodes for small outcomes.
///
/// - Parameter forecasts: n ≥ 1 forecasts.
/// - Returns: The error with the rows left out, or `nil` when every outcome is 0.
public func meanAbsolutePercentageError(_ forecasts: PointForecasts) -> PercentageError? {
    var (sum, rows) = (0.0, 0)
    for (prediction, outcome) in zip(forecasts.predictions, forecasts.outcomes)
    where outcome != 0 {
        let share = abs((prediction - outcome) / outcome)
        // A denormal outcome can overflow; the largest number is the honest bound.
        sum += min(share, .greatestFiniteMagnitude / Double(forecasts.count))
        rows += 1
    }
    guard rows > 0 else { return nil }
    return PercentageError(value: sum / Double(rows), excludedCount: forecasts.count - rows)
}

/// The symmetric mean absolute percentage error (sMAPE) on the scale from 0 to 1.
///
///     (1/n) Σ |ŷ − y|/(|ŷ| + |y|), 0/0 counts 0            lower is better
///
/// Others report twice this, as a share up to 2 or in percent up to 200.
///
/// - Parameter forecasts: n ≥ 1 forecasts.
/// - Returns: The error, from 0 to 1.
public func symmetricPercentageError(_ forecasts: PointForecasts) -> Double {
    var sum = 0.0
    for (prediction, outcome) in zip(forecasts.predictions, forecasts.outcomes) {
        let scale = abs(prediction) + abs(outcome)
        if scale > 0 { sum += min(1, abs(prediction - outcome) / scale) }
    }
    return sum / Double(forecasts.count)
}

/// Pearson's correlation of forecasts and outcomes, from −1 to 1.
///
/// - Parameter forecasts: n ≥ 1 forecasts.
/// - Returns: The correlation, or `nil` when either does not vary.
public func pearsonCorrelation(_ forecasts: PointForecasts) -> Double? {
    correlation(forecasts.predictions, forecasts.outcomes)
}

/// Spearman's rank correlation of forecasts and outcomes, with midranks for ties.
///
/// - Parameter forecasts: n ≥ 1 forecasts.
/// - Returns: The correlation, or `nil` when either does not vary.
public func spearmanCorrelation(_ forecasts: PointForecasts) -> Double? {
    correlation(midranks(forecasts.predictions), midranks(forecasts.outcomes))
}

private func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    let n = Double(x.count)
    let meanX = x.reduce(0) { $0 + $1 / n }
    let meanY = y.reduce(0) { $0 + $1 / n }
    let scaleX = x.map { abs($0 - meanX) }.max() ?? 0
    let scaleY = y.map { abs($0 - meanY) }.max() ?? 0
    guard scaleX > 0, scaleY > 0 else { return nil }
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
        let (u, v) = ((a - meanX) / scaleX, (b - meanY) / scaleY)
        xx += u * u
        yy += v * v
        xy += u * v
    }
    return min(1, max(-1, xy / Double.sqrt(xx) / Double.sqrt(yy)))
}

/// The ranks of values from 1, equal values sharing the mean of theirs.
func midranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start + 1
        while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
        for position in start..<end { ranks[order[position]] = 0.5 * Double(start + end + 1) }
        start = end
    }
    return ranks
}
