/// The pinball loss of one quantile: τ(y − q) above, (1 − τ)(q − y) below.
///
/// - Parameters:
///   - quantile: q.
///   - outcome: y.
///   - level: τ.
/// - Returns: The loss, 0 or more, in the unit of y.
public func pinballLossOfRow(quantile: Double, outcome: Double, level: Double) -> Double {
    outcome >= quantile ? level * (outcome - quantile) : (1 - level) * (quantile - outcome)
}

/// The mean pinball loss at each level.
///
///     ρ_τ(y, q) = τ(y − q) if y ≥ q, (1 − τ)(q − y) otherwise            lower is better
///
/// - Parameter forecasts: Quantile forecasts.
/// - Returns: One mean a level, in the unit of y.
///
/// ## Source
///
/// Koenker, R. and Bassett, G. (1978). Regression quantiles. *Econometrica*, 46(1), 33–50.
/// Checked against scikit-learn 1.9.1 `mean_pinball_loss`: `fixtures/statistics/03_regression`.
public func pinballLoss(_ forecasts: QuantileForecasts) -> [Double] {
    forecasts.levels.indices.map { index in
        forecasts.mean { row in
            pinballLossOfRow(
                quantile: forecasts[row, index],
                outcome: forecasts.outcomes[row],
                level: forecasts.levels[index]
            )
        }
    }
}

/// The share of rows with y ≤ q at each level, to be compared with the level.
///
/// - Parameters:
///   - forecasts: Quantile forecasts.
///   - level: The confidence level of the Wilson intervals.
/// - Returns: One share with its interval a level.
public func quantileCalibration(
    _ forecasts: QuantileForecasts,
    level: Double = 0.95
) -> [(share: Double, interval: Interval?)] {
    forecasts.levels.indices.map { index in
        var below = 0
        for row in 0..<forecasts.count where forecasts.outcomes[row] <= forecasts[row, index] {
            below += 1
        }
        return (
            Double(below) / Double(forecasts.count),
            wilsonInterval(successes: below, trials: forecasts.count, level: level)
        )
    }
}
