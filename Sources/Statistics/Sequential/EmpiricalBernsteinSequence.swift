import RealModule

/// The empirical-Bernstein confidence sequence of a bounded mean: non-asymptotic, any drift allowed.
///
///     V_t = Σ(Xᵢ − γᵢ)²,  γᵢ the running mean before i     radius = u(V_t; α/2, c)/t,  c = hi − lo
///
/// u is the boundary of the gamma-exponential mixture. The interval covers the running average of the
/// conditional means at all times at once, with no stationarity.
///
/// ## Source
///
/// Howard, S. R. et al. (2021). *Annals of Statistics*, 49(2), theorem 4; Choe, Y. J. and Ramdas, A.
/// (2023). Comparing sequential forecasters. *Operations Research*, theorem 2.
/// Checked against comparecast 1.0.0 `confseq_eb`: `fixtures/statistics/06_anytime`.
public struct EmpiricalBernsteinSequence: Sendable, Hashable {
    /// The range that every value is in.
    public let range: Interval
    /// The probability that the sequence ever misses.
    public let alpha: Double
    /// The least V that the interval is computed at; does not enter the evidence.
    public let varianceFloor: Double

    private let mixture: GammaExponentialMixture

    /// n, the number of values.
    public private(set) var count = 0.0
    /// ΣX.
    public private(set) var sum = 0.0
    /// V, the sum of squares about the earlier means.
    public private(set) var variance = 0.0

    /// Starts a sequence.
    ///
    /// - Parameters:
    ///   - range: Where every value lies, without exception; of width above 0.
    ///   - alpha: The error probability, strictly between 0 and 1.
    ///   - optimumVariance: The V at which to be tightest, chosen before looking.
    ///   - varianceFloor: The least V that the interval is computed at.
    public init(
        range: Interval,
        alpha: Double = 0.05,
        optimumVariance: Double = 10,
        varianceFloor: Double = 1
    ) {
        Checks.alpha(alpha)
        precondition(range.width > 0 && varianceFloor >= 0, "The range has a width.")
        self.range = range
        self.alpha = alpha
        self.varianceFloor = varianceFloor
        mixture = GammaExponentialMixture(
            optimumVariance: optimumVariance,
            alpha: 0.5 * alpha,
            scale: range.width
        )
    }

    /// The mean so far; `nil` before the first value.
    public var mean: Double? { count > 0 ? sum / count : nil }

    /// Adds a value.
    ///
    /// - Parameter value: A value of the range.
    /// - Throws: ``StatisticsError/outOfRange(name:value:allowed:)`` for a value outside the range.
    public mutating func add(_ value: Double) throws(StatisticsError) {
        guard range.contains(value) else {
            throw .outOfRange(
                name: "value",
                value: value,
                allowed: "from \(range.low) to \(range.high)"
            )
        }
        let centre = mean ?? 0
        variance += (value - centre) * (value - centre)
        count += 1
        sum += value
    }

    /// Adds a cohort by its moments, centred at the mean of the earlier cohorts.
    ///
    /// - Parameters:
    ///   - count: n ≥ 1, the number of values, each of which must lie in the range.
    ///   - sum: ΣX.
    ///   - sumOfSquares: ΣX².
    /// - Throws: ``StatisticsError/outOfRange(name:value:allowed:)`` for no values and for a mean
    ///   outside the range.
    public mutating func add(
        count: Double,
        sum: Double,
        sumOfSquares: Double
    ) throws(StatisticsError) {
        guard count > 0, range.contains(sum / count) else {
            throw .outOfRange(
                name: "mean of a cohort",
                value: count > 0 ? sum / count : 0,
                allowed: "from \(range.low) to \(range.high), of one value or more"
            )
        }
        let centre = mean ?? 0
        variance += max(0, sumOfSquares - centre * (2 * sum - count * centre))
        self.count += count
        self.sum += sum
    }

    /// The half-width now; `nil` before the first value.
    public var radius: Double? {
        guard count > 0 else { return nil }
        return mixture.boundary(variance: max(variance, varianceFloor), alpha: 0.5 * alpha) / count
    }

    /// mean ± radius, not clipped to the range; `nil` before the first value.
    public var interval: Interval? {
        guard let mean, let radius else { return nil }
        return Interval(low: mean - radius, high: mean + radius)
    }

    /// ln E against "the running mean of conditional means is never above 0".
    public var logEvidenceAboveZero: Double { mixture.logMixture(sum: sum, variance: variance) }

    /// ln E against "the running mean of conditional means is never below 0".
    public var logEvidenceBelowZero: Double { mixture.logMixture(sum: -sum, variance: variance) }
}
