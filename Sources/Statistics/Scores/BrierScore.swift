/// The Brier score: the mean squared difference between forecast probabilities and outcomes.
///
///     BS = (1/n) Σᵢ (pᵢ − yᵢ)²            0 ≤ BS ≤ 1, lower is better
///
/// This is the half-scaled, two-class form; Brier's original, over both classes, is twice as large.
///
/// - Parameter forecasts: n ≥ 1 probabilities pᵢ with outcomes yᵢ.
/// - Returns: The score, in squared probability.
/// - Complexity: O(n) time, no allocation.
///
/// ## Edge cases
///
/// - n = 1 returns (p − y)².
/// - Terms are added left to right, so that the result has the same bits on every machine.
///
/// ## Source
///
/// Brier, G. W. (1950). Verification of forecasts expressed in terms of probability.
/// *Monthly Weather Review*, 78(1), 1–3.
/// Checked against scikit-learn 1.9.1 `brier_score_loss`: `fixtures/statistics/01_binary`.
public func brierScore(_ forecasts: BinaryForecasts) -> Double {
    var sum = 0.0
    for (p, y) in zip(forecasts.probabilities, forecasts.outcomes) {
        let error = y ? 1 - p : p
        sum += error * error
    }
    return sum / Double(forecasts.count)
}

/// The squared errors (pᵢ − yᵢ)² whose mean is the Brier score, row by row.
///
/// - Parameter forecasts: n ≥ 1 probabilities pᵢ with outcomes yᵢ.
/// - Returns: n losses from 0 to 1.
public func brierLosses(_ forecasts: BinaryForecasts) -> [Double] {
    zip(forecasts.probabilities, forecasts.outcomes).map { p, y in
        let error = y ? 1 - p : p
        return error * error
    }
}

/// The mean forecast probability p̄.
///
/// - Parameter forecasts: n ≥ 1 forecasts.
/// - Returns: The mean, from 0 to 1.
public func meanScore(_ forecasts: BinaryForecasts) -> Double {
    var sum = 0.0
    for p in forecasts.probabilities { sum += p }
    return sum / Double(forecasts.count)
}

/// The share of rows in which the event happened, ȳ.
///
/// - Parameter forecasts: n ≥ 1 forecasts.
/// - Returns: The share, from 0 to 1.
public func baseRate(_ forecasts: BinaryForecasts) -> Double {
    Double(forecasts.positiveCount) / Double(forecasts.count)
}
