import RealModule

/// The logarithm of the two-sided normal mixture: how far a sum has drifted from 0, as evidence.
///
///     ln m(s, v) = ½ ln(ρ/(v + ρ)) + s²/(2(v + ρ))
///
/// - Parameters:
///   - sum: s, the sum.
///   - variance: v ≥ 0, the accumulated variance.
///   - rho: ρ > 0.
/// - Returns: ln m; at least ln(1/α) exactly when |s| ≥ ``normalMixtureBoundary(variance:rho:alpha:)``.
public func logNormalMixture(sum: Double, variance: Double, rho: Double) -> Double {
    precondition(variance >= 0 && rho > 0, "The variance is 0 or more and ρ is above 0.")
    return 0.5 * sum * (sum / (variance + rho)) - 0.5 * Double.log(onePlus: variance / rho)
}

/// The logarithm of the one-sided normal mixture: how far a sum has drifted above 0, as evidence.
///
///     ln m(s, v) = ½ ln(4ρ/(v + ρ)) + s²/(2(v + ρ)) + ln Φ(s/√(v + ρ))
///
/// - Parameters:
///   - sum: s, the sum.
///   - variance: v ≥ 0, the accumulated variance.
///   - rho: ρ > 0; the best one for level α is that of ``normalMixtureRho(variance:alpha:)`` at 2α.
/// - Returns: ln m.
///
/// ## Source
///
/// Howard, S. R. et al. (2021). *Annals of Statistics*, 49(2), proposition 6.
/// Checked against confseq 0.0.11: `fixtures/statistics/06_anytime`.
public func logOneSidedNormalMixture(sum: Double, variance: Double, rho: Double) -> Double {
    precondition(variance >= 0 && rho > 0, "The variance is 0 or more and ρ is above 0.")
    let scale = variance + rho
    return logNormalMixture(sum: sum, variance: variance, rho: rho) + Double.log(2)
        + Normal.logCumulative(sum / Double.sqrt(scale))
}

/// The one-sided normal mixture boundary: a sum with variance process v stays below u(v) for ever.
///
/// - Parameters:
///   - variance: v ≥ 0, the accumulated variance.
///   - rho: ρ > 0.
///   - alpha: The probability that the sum ever crosses, strictly between 0 and 1.
/// - Returns: u(v), where the one-sided mixture is 1/α.
public func oneSidedNormalMixtureBoundary(
    variance: Double,
    rho: Double,
    alpha: Double
) -> Double {
    // The two-sided boundary at the same α lies above the root: it spends α on one side only.
    let high = normalMixtureBoundary(variance: variance, rho: rho, alpha: min(alpha, 0.5))
    let target = -Double.log(alpha)
    return RootFinding.bracketed(low: -high, high: 2 * high + 1) {
        logOneSidedNormalMixture(sum: $0, variance: variance, rho: rho) - target
    }
}
