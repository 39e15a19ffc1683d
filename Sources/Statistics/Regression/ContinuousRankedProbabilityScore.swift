import RealModule

/// The continuous ranked probability score (CRPS) of a normal forecast, in the unit of y.
///
///     σ[z(2Φ(z) − 1) + 2φ(z) − 1/√π], z = (y − μ)/σ            0 or more, lower is better
///
/// - Parameters:
///   - mean: μ.
///   - standardDeviation: σ > 0.
///   - outcome: y.
/// - Returns: The score of one row.
///
/// ## Source
///
/// Gneiting, T. et al. (2005). Calibrated probabilistic forecasting using ensemble model output
/// statistics and minimum CRPS estimation. *Monthly Weather Review*, 133, 1098–1118, (5).
/// Checked against scoringrules 0.10.0 `crps_normal`: `fixtures/statistics/03_regression`.
public func normalRankedProbabilityScore(
    mean: Double,
    standardDeviation: Double,
    outcome: Double
) -> Double {
    precondition(standardDeviation > 0, "The standard deviation is above 0.")
    let z = (outcome - mean) / standardDeviation
    let score =
        z * (1 - 2 * Normal.survival(z)) + 2 * Normal.density(z) - 0.564189583547756286948079451561
    return standardDeviation * max(0, score)
}

/// The CRPS of quantile forecasts: twice the mean pinball loss over levels, weighted equally.
///
/// An approximation that is fair between forecasts with the same levels only.
///
/// - Parameter forecasts: Quantile forecasts.
/// - Returns: The score, in the unit of y; lower is better.
///
/// ## Source
///
/// Checked against scoringrules 0.10.0 `crps_quantile`: `fixtures/statistics/03_regression`.
public func quantileRankedProbabilityScore(_ forecasts: QuantileForecasts) -> Double {
    let losses = pinballLoss(forecasts)
    return 2 * losses.reduce(0, +) / Double(losses.count)
}

/// How the spread of an ensemble enters its CRPS.
public enum EnsembleEstimator: String, Sendable, Hashable, CaseIterable {
    /// Pairs divided by m²: the CRPS of the ensemble's own step function.
    case empirical
    /// Pairs divided by m(m − 1): unbiased for the distribution the members are drawn from.
    case fair
}

/// The CRPS of an ensemble, in the unit of y; lower is better.
///
///     (1/m) Σ|xᵢ − y| − (1/2) Σᵢⱼ|xᵢ − xⱼ|/m²            (or m(m − 1))
///
/// - Parameters:
///   - members: m ≥ 1 finite members; the fair form needs two.
///   - outcome: y.
///   - estimator: The divisor of the pairs.
/// - Returns: The score, or `nil` with too few members. The fair form can be negative.
/// - Complexity: O(m log m).
///
/// ## Source
///
/// Ferro, C. A. T. (2014). Fair scores for ensemble forecasts. *Quarterly Journal of the Royal
/// Meteorological Society*, 140, 1917–1923.
/// Checked against scoringrules 0.10.0 `crps_ensemble`: `fixtures/statistics/03_regression`.
public func ensembleRankedProbabilityScore(
    members: [Double],
    outcome: Double,
    estimator: EnsembleEstimator = .fair
) -> Double? {
    let m = Double(members.count)
    guard members.count >= (estimator == .fair ? 2 : 1) else { return nil }
    var (distance, pairs) = (0.0, 0.0)
    for (index, member) in members.sorted().enumerated() {
        distance += abs(member - outcome)
        // Each member is above `index` others and below the rest.
        pairs += member * (2 * Double(index) + 1 - m)
    }
    let divisor = estimator == .fair ? m * (m - 1) : m * m
    return distance / m - pairs / divisor
}

/// The logarithmic score of a normal forecast, −ln of its density at the outcome.
///
/// - Parameters:
///   - mean: μ.
///   - standardDeviation: σ > 0.
///   - outcome: y.
/// - Returns: The score of one row, in nats of the unit of y; lower is better.
public func normalLogScore(
    mean: Double,
    standardDeviation: Double,
    outcome: Double
) -> Double {
    precondition(standardDeviation > 0, "The standard deviation is above 0.")
    let z = (outcome - mean) / standardDeviation
    return 0.5 * z * z + Stirling.halfLogTwoPi + Double.log(standardDeviation)
}
