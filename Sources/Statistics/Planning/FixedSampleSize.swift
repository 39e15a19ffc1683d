import RealModule

/// The rows that a comparison needs at one fixed look.
public enum FixedSampleSize {
    /// The rows for a mean difference by the normal approximation.
    ///
    ///     n = (z_{1−α/2} + z_power)² σ²/Δ²
    ///
    /// - Parameters:
    ///   - gain: Δ ≠ 0.
    ///   - variance: σ² > 0, of one difference.
    ///   - alpha: The two-sided error probability.
    ///   - power: The probability to find the gain, strictly between 0 and 1.
    /// - Returns: n, not rounded, or `nil` for a gain of 0.
    public static func meanDifference(
        gain: Double,
        variance: Double,
        alpha: Double = 0.05,
        power: Double = 0.8
    ) -> Double? {
        Checks.alpha(alpha)
        Checks.alpha(power)
        guard gain != 0, variance > 0 else { return nil }
        let z = Normal.critical(level: 1 - alpha) + Normal.uncheckedQuantile(power)
        let n = z / gain * z / gain * variance
        return n.isFinite ? n : nil
    }

    /// The rows for McNemar's test.
    ///
    ///     n = (z_{1−α/2}√π_d + z_power√(π_d − Δ²))²/Δ²,  π_d = p_b + p_c, Δ = p_c − p_b
    ///
    /// - Parameters:
    ///   - championOnly: p_b, the share of rows that only the champion gets right.
    ///   - shadowOnly: p_c, the share of rows that only the shadow gets right.
    ///   - alpha: The two-sided error probability.
    ///   - power: The probability to find the difference, strictly between 0 and 1.
    /// - Returns: n, not rounded, or `nil` for equal shares.
    ///
    /// ## Source
    ///
    /// Connor, R. J. (1987). Sample size for testing differences in proportions for the paired-sample
    /// design. *Biometrics*, 43(1), 207–211. Checked against `fixtures/statistics/12_planning`.
    public static func mcNemar(
        championOnly: Double,
        shadowOnly: Double,
        alpha: Double = 0.05,
        power: Double = 0.8
    ) -> Double? {
        Checks.alpha(alpha)
        Checks.alpha(power)
        let discordant = championOnly + shadowOnly
        let gain = shadowOnly - championOnly
        guard gain != 0, championOnly >= 0, shadowOnly >= 0, discordant <= 1 else { return nil }
        let sum =
            Normal.critical(level: 1 - alpha) * Double.sqrt(discordant)
            + Normal.uncheckedQuantile(power) * Double.sqrt(max(0, discordant - gain * gain))
        let n = sum / gain * (sum / gain)
        return n.isFinite ? n : nil
    }

    /// The pairs for a two-sided paired t-test, by the noncentral t distribution.
    ///
    /// - Parameters:
    ///   - effectSize: Δ/σ ≠ 0; sizes below 1e-4 use the normal approximation.
    ///   - alpha: The two-sided error probability.
    ///   - power: The probability to find the effect, above alpha and below 1.
    /// - Returns: n, not rounded, or `nil` for an effect of 0.
    ///
    /// ## Source
    ///
    /// Checked against statsmodels 0.15.0 `TTestPower`: `fixtures/statistics/12_planning`.
    public static func pairedT(
        effectSize: Double,
        alpha: Double = 0.05,
        power: Double = 0.8
    ) -> Double? {
        Checks.alpha(alpha)
        precondition(power > alpha && power < 1, "The power is above alpha and below 1.")
        let effect = abs(effectSize)
        guard let start = meanDifference(gain: effect, variance: 1, alpha: alpha, power: power)
        else { return nil }
        if effect < 1e-4 { return start }
        return RootFinding.bracketed(low: 2 + 1e-9, high: start + 20, tolerance: 1e-12) { n in
            let t = StudentT(degreesOfFreedom: n - 1).critical(level: 1 - alpha)
            let shift = effect * Double.sqrt(n)
            return 1 - noncentralT(t, n - 1, shift) + noncentralT(-t, n - 1, shift) - power
        }
    }

    /// P(T ≤ t) of the noncentral t: the mean of Φ(t·s − δ) over s = χ_ν/√ν, by Simpson's rule.
    private static func noncentralT(_ t: Double, _ nu: Double, _ shift: Double) -> Double {
        let spread = 1 / Double.sqrt(2 * nu)
        let (low, high) = (max(0, 1 - 9 * spread), 1 + 9 * spread + 3 / nu)
        let steps = 2000
        let width = (high - low) / Double(steps)
        var (sum, mass) = (0.0, 0.0)
        for step in 0...steps {
            let s = low + Double(step) * width
            guard s > 0 else { continue }
            // The density of s up to a constant, which the mass divides out.
            let log = (nu - 1) * Double.log(s) - 0.5 * nu * (s * s - 1)
            let weight =
                Double.exp(log) * (step == 0 || step == steps ? 1 : (step % 2 == 1 ? 4 : 2))
            sum += weight * Normal.cumulative(t * s - shift)
            mass += weight
        }
        return sum / mass
    }
}
