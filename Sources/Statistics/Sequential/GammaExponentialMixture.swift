import RealModule

/// The gamma-exponential mixture: time-uniform evidence for sums with sub-exponential tails.
///
///     r = ρ/c², k = (v + ρ)/c², w = (cs + v)/c²
///     ln m(s, v) = r ln r − ln Γ(r) − ln P(r, r) + ln Γ(k) + ln P(k, w + r) − k ln(w + r) + w
///
/// P is the regularised lower incomplete gamma function and c the scale: for the empirical-Bernstein
/// sequence the width of the range. The large terms cancel on paper before they are computed, so that
/// v = 1e9 loses no digits.
///
/// ## Source
///
/// Howard, S. R., Ramdas, A., McAuliffe, J. and Sekhon, J. (2021). *Annals of Statistics*, 49(2),
/// proposition 9. Checked against confseq 0.0.11: `fixtures/statistics/06_anytime`.
public struct GammaExponentialMixture: Sendable, Hashable {
    /// ρ > 0, which sets where the boundary is tightest.
    public let rho: Double
    /// c > 0, the scale of the tails.
    public let scale: Double
    /// The part of ln m that depends on ρ and c only.
    private let lead: Double

    /// Makes the mixture.
    ///
    /// - Parameters:
    ///   - rho: ρ > 0.
    ///   - scale: c > 0.
    public init(rho: Double, scale: Double) {
        precondition(rho > 0 && scale > 0, "ρ and the scale are above 0.")
        self.rho = rho
        self.scale = scale
        let r = rho / scale / scale
        lead = 0.5 * Double.log(r) - Stirling.error(r) - Gamma(shape: r).logCumulative(r)
    }

    /// Makes the mixture that is nearly tightest at a given variance, for one-sided use at level α.
    ///
    /// - Parameters:
    ///   - optimumVariance: v > 0, the accumulated variance at which to be tight.
    ///   - alpha: The one-sided error probability, below ½.
    ///   - scale: c > 0.
    public init(optimumVariance: Double, alpha: Double, scale: Double) {
        self.init(
            rho: normalMixtureRho(variance: optimumVariance, alpha: 2 * alpha),
            scale: scale
        )
    }

    /// The logarithm of the mixture at a sum.
    ///
    /// - Parameters:
    ///   - sum: s, the sum.
    ///   - variance: v ≥ 0, the accumulated variance.
    /// - Returns: ln m(s, v). Where w + r ≤ 0, far below 0, the upper bound of it at w + r = 0.
    public func logMixture(sum: Double, variance: Double) -> Double {
        precondition(variance >= 0, "The variance is 0 or more.")
        let square = scale * scale
        let k = (variance + rho) / square
        let x = (scale * sum + variance + rho) / square
        if x < k + 1 {
            let series = x > 0 ? Gamma(shape: k).logSeries(x) : 0
            return lead - Stirling.halfLogTwoPi - Double.log(k) + series
        }
        return lead + Stirling.error(k) - 0.5 * Double.log(k) + Stirling.deviance(k, x)
            + Gamma(shape: k).logCumulative(x)
    }

    /// The boundary u(v) that a sum ever crosses with probability α at most.
    ///
    /// - Parameters:
    ///   - variance: v ≥ 0, the accumulated variance.
    ///   - alpha: The one-sided error probability, strictly between 0 and 1.
    /// - Returns: u(v), where the mixture is 1/α.
    public func boundary(variance: Double, alpha: Double) -> Double {
        Checks.alpha(alpha)
        let target = -Double.log(alpha)
        var high = max(1, Double.sqrt(variance)) * scale
        while logMixture(sum: high, variance: variance) < target { high *= 2 }
        return RootFinding.bracketed(low: 0, high: high, tolerance: 1e-14) {
            logMixture(sum: $0, variance: variance) - target
        }
    }
}
