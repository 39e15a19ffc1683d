import RealModule

/// The asymptotic confidence sequence of a mean: an interval that may be looked at any time.
///
///     radius = √(2(t σ̂²ρ² + 1)/(t²ρ²) · ln(√(t σ̂²ρ² + 1)/α))
///     ln E = −½ ln(1 + t σ̂²ρ²) + ρ²t²(μ̂ − μ₀)²/(2(1 + t σ̂²ρ²))
///
/// The running interval covers the running mean of the conditional means at all times at once with
/// probability near 1 − α, for large t; start after a burn-in. Two-sided: the interval excludes μ₀
/// exactly when E ≥ 1/α.
///
/// ## Source
///
/// Waudby-Smith, I., Arbour, D., Sinha, R., Kennedy, E. H. and Ramdas, A. (2024). Time-uniform central
/// limit theory and asymptotic confidence sequences. *Annals of Statistics*, 52(6), 2613–2640.
/// Checked against `fixtures/statistics/06_anytime` and `07_recommended`.
public struct AsymptoticConfidenceSequence: Sendable, Hashable {
    /// The probability that the sequence ever misses.
    public let alpha: Double
    /// ρ², in one over the unit of the variance.
    public let rhoSquared: Double

    /// Makes the sequence with given parameters.
    ///
    /// - Parameters:
    ///   - alpha: The error probability, strictly between 0 and 1.
    ///   - rhoSquared: ρ² > 0, fixed before the data that it is used on.
    public init(alpha: Double = 0.05, rhoSquared: Double) {
        Checks.alpha(alpha)
        precondition(rhoSquared > 0 && rhoSquared.isFinite, "ρ² is finite and above 0.")
        self.alpha = alpha
        self.rhoSquared = rhoSquared
    }

    /// Makes the sequence that is tightest near a given time.
    ///
    ///     ρ² = (−α² − 2 ln α + ln(−2 ln α + 1 − α²)) / (t* σ²)
    ///
    /// - Parameters:
    ///   - alpha: The error probability, strictly between 0 and 1.
    ///   - optimumTime: t* > 0, the number of observations at which to be tight.
    ///   - variance: σ² > 0, the variance of an observation.
    public init(alpha: Double = 0.05, optimumTime: Double, variance: Double) {
        precondition(optimumTime > 0 && variance > 0, "The time and the variance are above 0.")
        Checks.alpha(alpha)
        let log = -2 * Double.log(alpha)
        let square = alpha * alpha
        self.init(
            alpha: alpha,
            rhoSquared: (log - square + Double.log(log + 1 - square)) / optimumTime / variance
        )
    }

    /// The half-width after t observations.
    ///
    /// - Parameters:
    ///   - count: t > 0.
    ///   - variance: σ̂² ≥ 0, the running variance with divisor t.
    /// - Returns: The radius.
    public func radius(count: Double, variance: Double) -> Double {
        precondition(
            count > 0 && variance >= 0,
            "There are observations, and no negative variance."
        )
        // (v + 1)/ρ² as tσ̂² + 1/ρ², and ln(√(v + 1)/α) as ½ ln(1 + v) − ln α: neither overflows.
        let log = 0.5 * logOnePlus(count, variance) - Double.log(alpha)
        return Double.sqrt(2 * (count * variance + 1 / rhoSquared) * log) / count
    }

    /// The logarithm of the e-value against the mean μ₀.
    ///
    /// - Parameters:
    ///   - mean: μ̂, the running mean.
    ///   - count: t > 0.
    ///   - variance: σ̂² ≥ 0, the running variance with divisor t.
    ///   - nullMean: μ₀.
    /// - Returns: ln E; the null is rejected at level α when it reaches ln(1/α).
    public func logEValue(
        mean: Double,
        count: Double,
        variance: Double,
        nullMean: Double = 0
    ) -> Double {
        precondition(
            count > 0 && variance >= 0,
            "There are observations, and no negative variance."
        )
        let sum = count * (mean - nullMean)
        let scale = 2 * (count * variance + 1 / rhoSquared)
        return sum / scale * sum - 0.5 * logOnePlus(count, variance)
    }

    /// ln(1 + tσ̂²ρ²).
    private func logOnePlus(_ count: Double, _ variance: Double) -> Double {
        let v = count * variance * rhoSquared
        return v.isFinite
            ? Double.log(onePlus: v)
            : Double.log(count) + Double.log(variance) + Double.log(rhoSquared)
    }
}
