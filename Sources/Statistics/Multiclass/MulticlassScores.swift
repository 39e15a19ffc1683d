import RealModule

/// How the squared errors of K classes are scaled; the name belongs beside the number.
public enum MulticlassBrierScale: String, Sendable, Hashable, CaseIterable {
    /// Σ_k (p_k − y_k)², from 0 to 2: Brier's original.
    case sum
    /// Half of the sum, from 0 to 1: agrees with the two-class score.
    case half
    /// The mean over the K classes.
    case meanOverClasses
}

/// The Brier score of K classes: the mean squared distance of probabilities and outcome.
///
/// - Parameters:
///   - forecasts: n ≥ 1 forecasts.
///   - scale: The convention; there are three in use.
/// - Returns: The score; lower is better.
///
/// ## Source
///
/// Brier, G. W. (1950). *Monthly Weather Review*, 78(1), 1–3.
/// Checked against scikit-learn 1.9.1 `brier_score_loss`: `fixtures/statistics/02_multiclass`.
public func brierScore(_ forecasts: MulticlassForecasts, scale: MulticlassBrierScale) -> Double {
    var sum = 0.0
    for (row, outcome) in forecasts.outcomes.enumerated() {
        for k in 0..<forecasts.classCount {
            let error = forecasts[row, k] - (k == outcome ? 1 : 0)
            sum += error * error
        }
    }
    let mean = sum / Double(forecasts.count)
    return switch scale {
    case .sum: mean
    case .half: 0.5 * mean
    case .meanOverClasses: mean / Double(forecasts.classCount)
    }
}

/// The log loss of K classes: the mean of −ln of the probability given to what happened, in nats.
///
/// - Parameters:
///   - forecasts: n ≥ 1 forecasts.
///   - clip: ε, above 0 and at most ½, to which probabilities are raised.
/// - Returns: The loss with the number of clipped rows; lower is better.
///
/// ## Source
///
/// Checked against scikit-learn 1.9.1 `log_loss`: `fixtures/statistics/02_multiclass`.
public func logLoss(_ forecasts: MulticlassForecasts, clip: Double = 1e-15) -> LogLoss {
    precondition(clip > 0 && clip <= 0.5, "The clip lies above 0 and is at most one half.")
    var sum = 0.0
    var clipped = 0
    for (row, outcome) in forecasts.outcomes.enumerated() {
        let p = forecasts[row, outcome]
        if p < clip || p > 1 - clip { clipped += 1 }
        sum += logLossOfRow(probability: p, outcome: true, clip: clip)
    }
    return LogLoss(value: sum / Double(forecasts.count), clippedCount: clipped)
}

/// The ranked probability score (RPS) of ordered classes.
///
///     RPS = (1/n) Σᵢ Σ_{k<K} (F_k − 1{y ≤ k})²            0 ≤ RPS ≤ K − 1, lower is better
///
/// - Parameters:
///   - forecasts: n ≥ 1 forecasts of classes in their order.
///   - isNormalised: Whether the score is divided by K − 1.
/// - Returns: The score.
///
/// ## Source
///
/// Epstein, E. S. (1969). A scoring system for probability forecasts of ranked categories. *Journal of
/// Applied Meteorology*, 8(6), 985–987. Checked against `fixtures/statistics/02_multiclass`.
public func rankedProbabilityScore(
    _ forecasts: MulticlassForecasts,
    isNormalised: Bool = false
) -> Double {
    var sum = 0.0
    for (row, outcome) in forecasts.outcomes.enumerated() {
        var cumulative = 0.0
        for k in 0..<(forecasts.classCount - 1) {
            cumulative += forecasts[row, k]
            let error = cumulative - (outcome <= k ? 1 : 0)
            sum += error * error
        }
    }
    let mean = sum / Double(forecasts.count)
    return isNormalised ? mean / Double(forecasts.classCount - 1) : mean
}

/// The share of rows whose true class is among the k most probable.
public struct TopAccuracy: Sendable, Hashable {
    /// The share, from 0 to 1; higher is better.
    public let value: Double
    /// The rows in which a tie decides; they count the share of orders that would be right.
    public let tiedCount: Int
}

/// The top-k accuracy.
///
/// - Parameters:
///   - forecasts: n ≥ 1 forecasts.
///   - k: From 1 to K.
/// - Returns: The accuracy with the number of rows that a tie decides.
///
/// ## Source
///
/// Equals scikit-learn 1.9.1 `top_k_accuracy_score` where no tie decides; checked against it:
/// `fixtures/statistics/02_multiclass`.
public func topAccuracy(_ forecasts: MulticlassForecasts, k: Int) -> TopAccuracy {
    precondition(k >= 1 && k <= forecasts.classCount, "k is from 1 to the number of classes.")
    var sum = 0.0
    var tiedRows = 0
    for (row, outcome) in forecasts.outcomes.enumerated() {
        let score = forecasts[row, outcome]
        var (above, tied) = (0, 0)
        for other in 0..<forecasts.classCount {
            if forecasts[row, other] > score { above += 1 }
            if forecasts[row, other] == score { tied += 1 }
        }
        let places = k - above
        guard places > 0 else { continue }
        if places >= tied {
            sum += 1
        } else {
            sum += Double(places) / Double(tied)
            tiedRows += 1
        }
    }
    return TopAccuracy(value: sum / Double(forecasts.count), tiedCount: tiedRows)
}

/// The confidence calibration bins of K classes: the most probable class, right or wrong.
///
/// - Parameters:
///   - forecasts: n ≥ 1 forecasts.
///   - count: The number of equal-width bins.
///   - edges: Which edge belongs to a bin.
/// - Returns: Bins, of which the expected calibration error is the confidence ECE.
public func confidenceBins(
    _ forecasts: MulticlassForecasts,
    count: Int,
    edges: BinEdges = .lower
) -> CalibrationBins {
    CalibrationBins(equalWidth: forecasts.confidence(), count: count, edges: edges)
}

/// The classwise expected calibration error: the mean over classes of one-versus-rest ECE.
///
/// - Parameters:
///   - forecasts: n ≥ 1 forecasts.
///   - count: The number of equal-width bins.
///   - edges: Which edge belongs to a bin.
/// - Returns: The error from 0 to 1; lower is better.
///
/// ## Source
///
/// Kull, M. et al. (2019). Beyond temperature scaling: obtaining well-calibrated multi-class
/// probabilities with Dirichlet calibration. *NeurIPS 32*.
public func classwiseCalibrationError(
    _ forecasts: MulticlassForecasts,
    count: Int,
    edges: BinEdges = .lower
) -> Double {
    var sum = 0.0
    for label in 0..<forecasts.classCount {
        let bins = CalibrationBins(
            equalWidth: forecasts.oneVersusRest(label),
            count: count,
            edges: edges
        )
        sum += bins.expectedCalibrationError() ?? 0
    }
    return sum / Double(forecasts.classCount)
}
