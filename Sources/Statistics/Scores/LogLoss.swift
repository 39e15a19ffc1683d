import RealModule

/// The log loss of probabilities, with the number of rows that had to be clipped.
public struct LogLoss: Sendable, Hashable {
    /// The mean loss in nats; 0 or more, lower is better.
    public let value: Double
    /// The rows whose probability was outside [clip, 1 − clip] and was moved there.
    public let clippedCount: Int
}

/// The log loss: the mean negative logarithm of the probability given to what happened.
///
///     LL = −(1/n) Σᵢ [yᵢ ln pᵢ + (1 − yᵢ) ln(1 − pᵢ)]            0 ≤ LL ≤ −ln ε, lower is better
///
/// Probabilities are clipped to [ε, 1 − ε] first, for a single certain and wrong forecast would make
/// the mean infinite. The clip is part of the metric: name it where the value is shown.
///
/// - Parameters:
///   - forecasts: n ≥ 1 probabilities pᵢ with outcomes yᵢ.
///   - clip: ε, above 0 and at most ½.
/// - Returns: The loss in nats with the number of clipped rows.
/// - Complexity: O(n) time, no allocation.
///
/// ## Source
///
/// Good, I. J. (1952). Rational decisions. *Journal of the Royal Statistical Society B*, 14, 107–114.
/// Checked against scikit-learn 1.9.1 `log_loss`, which clips at 2.22e-16:
/// `fixtures/statistics/01_binary`.
public func logLoss(_ forecasts: BinaryForecasts, clip: Double = 1e-15) -> LogLoss {
    precondition(clip > 0 && clip <= 0.5, "The clip lies above 0 and is at most one half.")
    var sum = 0.0
    var clipped = 0
    for (p, y) in zip(forecasts.probabilities, forecasts.outcomes) {
        if p < clip || p > 1 - clip { clipped += 1 }
        sum += logLossOfRow(probability: p, outcome: y, clip: clip)
    }
    return LogLoss(value: sum / Double(forecasts.count), clippedCount: clipped)
}

/// The loss −ln of the probability given to what happened, of one row.
///
/// - Parameters:
///   - probability: The forecast, from 0 to 1.
///   - outcome: Whether the event happened.
///   - clip: ε, to which probabilities are moved from below and from 1 from above.
/// - Returns: The loss in nats.
public func logLossOfRow(probability: Double, outcome: Bool, clip: Double = 1e-15) -> Double {
    let given = outcome ? probability : 1 - probability
    if given < clip { return -Double.log(clip) }
    if given > 1 - clip { return -Double.log(onePlus: -clip) }
    return outcome ? -Double.log(probability) : -Double.log(onePlus: -probability)
}
