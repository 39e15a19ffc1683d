import RealModule

/// How long a comparison that is looked at daily needs to detect a gain.
///
/// The smallest n at which nΔ − z_q σ√n reaches the boundary u(nσ²) of the two-sided normal mixture:
/// with z_q = 0 the median time to decision, with q = 0.8 the time that 80 % of runs need.
///
/// An observation is a row if rows are independent; for ``BlockAsymptoticConfidenceSequence`` it is a
/// cohort, σ² the variance s² of its residuals, and n a number of cohorts. Plan on the smallest gain
/// that matters, never on the one observed.
public struct SequentialSampleSize: Sendable, Hashable {
    /// The observations after which half of all runs have decided.
    public let median: Double
    /// The observations after which the share `power` of all runs have decided.
    public let atPower: Double

    /// Plans a sequence that is tuned to the time at which it decides.
    ///
    /// - Parameters:
    ///   - gain: Δ ≠ 0, the mean difference to detect; its sign does not matter.
    ///   - variance: σ² > 0, of one observation.
    ///   - alpha: The error probability of the sequence, strictly between 0 and 1.
    ///   - power: The share of runs that ``atPower`` is for, from ½ and below 1.
    ///
    /// The result is `nil` for a gain of 0, no variance, or a size beyond 1e15.
    ///
    /// ## Source
    ///
    /// Own, on the boundary of Howard et al. (2021).
    /// Checked against `fixtures/statistics/12_planning`.
    public init?(gain: Double, variance: Double, alpha: Double = 0.05, power: Double = 0.8) {
        self.init(gain: gain, variance: variance, alpha: alpha, power: power) {
            normalMixtureRho(variance: $0, alpha: alpha)
        }
    }

    /// Plans a sequence whose ρ² is already fixed, such as one that has passed its burn-in.
    ///
    /// - Parameters:
    ///   - gain: Δ ≠ 0, the mean difference to detect; its sign does not matter.
    ///   - variance: σ² > 0, of one observation.
    ///   - rhoSquared: ρ² > 0 of the asymptotic confidence sequence; the mixture's ρ is its inverse.
    ///   - alpha: The error probability of the sequence, strictly between 0 and 1.
    ///   - power: The share of runs that ``atPower`` is for, from ½ and below 1.
    ///
    /// The result is `nil` for a gain of 0, no variance, or a size beyond 1e15.
    public init?(
        gain: Double,
        variance: Double,
        rhoSquared: Double,
        alpha: Double = 0.05,
        power: Double = 0.8
    ) {
        precondition(rhoSquared > 0, "ρ² is above 0.")
        self.init(gain: gain, variance: variance, alpha: alpha, power: power) { _ in
            1 / rhoSquared
        }
    }

    private init?(
        gain: Double,
        variance: Double,
        alpha: Double,
        power: Double,
        rho: (Double) -> Double
    ) {
        Checks.alpha(alpha)
        precondition(power >= 0.5 && power < 1, "The power is at least one half and below 1.")
        guard gain != 0, gain.isFinite, variance > 0, variance.isFinite else { return nil }
        let gain = abs(gain)
        func size(_ z: Double) -> Double? {
            func excess(_ logN: Double) -> Double {
                let n = Double.exp(logN)
                let v = n * variance
                return n * gain - z * Double.sqrt(v)
                    - normalMixtureBoundary(variance: v, rho: rho(v), alpha: alpha)
            }
            let limit = Double.log(1e15)
            guard excess(limit) > 0 else { return nil }
            return Double.exp(RootFinding.bisect(low: Double.log(1e-6), high: limit, excess))
        }
        guard let median = size(0), let atPower = size(Normal.uncheckedQuantile(power)) else {
            return nil
        }
        self.median = median
        self.atPower = atPower
    }

    /// The observations still to come, given those that there are.
    ///
    /// - Parameter observed: The observations so far.
    /// - Returns: Whole numbers, 0 when the plan is met.
    public func remaining(after observed: Int) -> (median: Int, atPower: Int) {
        (
            max(0, Int(median.rounded(.up)) - observed),
            max(0, Int(atPower.rounded(.up)) - observed)
        )
    }
}
