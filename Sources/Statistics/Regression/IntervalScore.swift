/// The central interval between two levels of quantile forecasts: how often right, how wide, how good.
public struct IntervalPerformance: Sendable, Hashable {
    /// The share of rows inside the closed interval.
    public let coverage: Double
    /// Wilson's interval of the coverage.
    public let coverageInterval: Interval?
    /// The mean width.
    public let meanWidth: Double
    /// The mean interval score (Winkler), in the unit of y; lower is better.
    public let intervalScore: Double
}

/// Judges a central prediction interval.
///
///     IS = (u − l) + (2/α)(l − y)₊ + (2/α)(y − u)₊
///
/// - Parameters:
///   - forecasts: Quantile forecasts.
///   - alpha: α; the interval runs from level α/2 to 1 − α/2.
///   - level: The confidence level of the coverage interval.
/// - Returns: The performance, or `nil` when one of the two levels is missing.
///
/// ## Source
///
/// Gneiting, T. and Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and estimation.
/// *Journal of the American Statistical Association*, 102(477), 359–378, (43).
/// Checked against scoringrules 0.10.0 `interval_score`: `fixtures/statistics/03_regression`.
public func intervalPerformance(
    _ forecasts: QuantileForecasts,
    alpha: Double,
    level: Double = 0.95
) -> IntervalPerformance? {
    Checks.alpha(alpha)
    guard let low = forecasts.index(of: 0.5 * alpha),
        let high = forecasts.index(of: 1 - 0.5 * alpha)
    else { return nil }
    var inside = 0
    for row in 0..<forecasts.count {
        let y = forecasts.outcomes[row]
        if forecasts[row, low] <= y, y <= forecasts[row, high] { inside += 1 }
    }
    return IntervalPerformance(
        coverage: Double(inside) / Double(forecasts.count),
        coverageInterval: wilsonInterval(
            successes: inside,
            trials: forecasts.count,
            level: level
        ),
        meanWidth: forecasts.mean { forecasts[$0, high] - forecasts[$0, low] },
        intervalScore: forecasts.mean { intervalScore(forecasts, $0, low, high, alpha) }
    )
}

/// The weighted interval score (WIS): the median and all central intervals in one number.
///
///     WIS = [½|y − m| + Σ_k (α_k/2) IS_k]/(K + ½)            lower is better
///
/// - Parameter forecasts: Quantile forecasts with the median and pairs of levels α/2, 1 − α/2.
/// - Returns: The score, or `nil` without the median or when a level has no partner.
///
/// ## Source
///
/// Bracher, J., Ray, E. L., Gneiting, T. and Reich, N. G. (2021). Evaluating epidemic forecasts in an
/// interval format. *PLOS Computational Biology*, 17(2), e1008618.
/// Checked against scoringrules 0.10.0: `fixtures/statistics/03_regression`.
public func weightedIntervalScore(_ forecasts: QuantileForecasts) -> Double? {
    guard let median = forecasts.index(of: 0.5) else { return nil }
    var pairs: [(low: Int, high: Int, alpha: Double)] = []
    for (index, tau) in forecasts.levels.enumerated() where index != median {
        guard let partner = forecasts.index(of: 1 - tau) else { return nil }
        if tau < 0.5 { pairs.append((index, partner, 2 * tau)) }
    }
    return forecasts.mean { row in
        var sum = 0.5 * abs(forecasts.outcomes[row] - forecasts[row, median])
        for pair in pairs {
            sum +=
                0.5 * pair.alpha
                * intervalScore(forecasts, row, pair.low, pair.high, pair.alpha)
        }
        return sum / (Double(pairs.count) + 0.5)
    }
}

private func intervalScore(
    _ forecasts: QuantileForecasts,
    _ row: Int,
    _ low: Int,
    _ high: Int,
    _ alpha: Double
) -> Double {
    let (l, u, y) = (forecasts[row, low], forecasts[row, high], forecasts.outcomes[row])
    return (u - l) + 2 / alpha * (max(0, l - y) + max(0, y - u))
}
