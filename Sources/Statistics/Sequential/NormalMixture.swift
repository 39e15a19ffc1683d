import RealModule

/// The two-sided normal mixture boundary: a sum with variance process v stays within ±u(v) for ever.
///
///     u(v) = √((v + ρ)(ln((v + ρ)/ρ) + 2 ln(1/α)))
///
/// - Parameters:
///   - variance: v ≥ 0, the accumulated variance.
///   - rho: ρ > 0, which sets where the boundary is tightest; see ``normalMixtureRho(variance:alpha:)``.
///   - alpha: The probability that the sum ever leaves, strictly between 0 and 1.
/// - Returns: u(v), in the unit of the sum.
///
/// ## Source
///
/// Robbins, H. (1970). Statistical methods related to the law of the iterated logarithm. *Annals of
/// Mathematical Statistics*, 41(5), 1397–1409; Howard, S. R. et al. (2021). Time-uniform,
/// nonparametric, nonasymptotic confidence sequences. *Annals of Statistics*, 49(2), 1055–1080, (14).
/// Checked against confseq 0.0.11 `normal_mixture_bound`: `fixtures/statistics/06_anytime`.
public func normalMixtureBoundary(variance: Double, rho: Double, alpha: Double) -> Double {
    Checks.alpha(alpha)
    precondition(variance >= 0 && rho > 0, "The variance is 0 or more and ρ is above 0.")
    return Double.sqrt(
        (variance + rho) * (Double.log(onePlus: variance / rho) - 2 * Double.log(alpha))
    )
}

/// The ρ with which the two-sided normal mixture is nearly tightest at a given variance.
///
///     ρ = v / (2 ln(1/α) + ln(1 + 2 ln(1/α)))
///
/// - Parameters:
///   - variance: v > 0, the accumulated variance at which to be tight.
///   - alpha: The error probability of the boundary, strictly between 0 and 1.
/// - Returns: ρ, in the unit of v.
///
/// ## Source
///
/// Howard, S. R. et al. (2021), section 3.5; confseq 0.0.11 `best_rho`.
public func normalMixtureRho(variance: Double, alpha: Double) -> Double {
    Checks.alpha(alpha)
    precondition(variance > 0, "The variance is above 0.")
    let log = -2 * Double.log(alpha)
    return variance / (log + Double.log(onePlus: log))
}
