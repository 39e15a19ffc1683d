import RealModule

/// The polynomial stitching boundary: a closed form with the rate of the law of the iterated logarithm.
///
///     ℓ = s ln ln(ηv/m) + ln(ζ(s)/(α ln^s η))     u = √(k₁²vℓ + k₂²c²ℓ²) + k₂cℓ
///     k₁ = (η^¼ + η^(−¼))/√2, k₂ = (√η + 1)/2, s = 1.4, η = 2
///
/// Wider than the mixtures in practice; it serves proofs.
///
/// - Parameters:
///   - variance: v ≥ 0, the accumulated variance; values below m count as m.
///   - minimumVariance: m > 0, from where the boundary holds.
///   - scale: c ≥ 0, the scale of sub-exponential tails.
///   - alpha: The one-sided error probability, strictly between 0 and 1.
/// - Returns: u(v).
///
/// ## Source
///
/// Howard, S. R. et al. (2021). *Annals of Statistics*, 49(2), theorem 1.
/// Checked against confseq 0.0.11 `poly_stitching_bound`: `fixtures/statistics/06_anytime`.
public func polynomialStitchingBoundary(
    variance: Double,
    minimumVariance: Double,
    scale: Double = 0,
    alpha: Double
) -> Double {
    Checks.alpha(alpha)
    precondition(
        variance >= 0 && minimumVariance > 0 && scale >= 0,
        "The variance and the scale are 0 or more, the minimum is above 0."
    )
    let (s, eta, zeta) = (1.4, 2.0, 3.105_547_277_977_580_4)
    let v = max(variance, minimumVariance)
    let log =
        s * Double.log(Double.log(eta * v / minimumVariance)) + Double.log(zeta / alpha)
        - s * Double.log(Double.log(eta))
    let root = Double.sqrt(Double.sqrt(eta))
    let k1 = (root + 1 / root) / Double.sqrt(2)
    let linear = 0.5 * (root * root + 1) * scale * log
    return Double.sqrt(k1 * k1 * v * log + linear * linear) + linear
}
