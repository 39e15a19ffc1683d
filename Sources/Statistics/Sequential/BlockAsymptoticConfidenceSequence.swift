import RealModule

/// The asymptotic confidence sequence of a mean on cohort sums: for rows that depend within a cohort.
///
///     μ̂ = ΣS_d/Σn_d     r_d = (S_d − μ̂ n_d)/n̄     s² = mean r_d²     t = number of cohorts
///
/// The radius is that of ``AsymptoticConfidenceSequence`` with variance s² and t cohorts; ρ² is fixed
/// at the burn-in t₀ from s² there. Own blocking of a published sequence: cohorts must be in event
/// order and mature, and shocks must not last longer than a cohort.
public struct BlockAsymptoticConfidenceSequence: Sendable, Hashable {
    /// The probability that the sequence ever misses.
    public let alpha: Double
    /// t₀, the cohorts before the first interval; at least 14 are advised, 20 is the default.
    public let burnIn: Int
    /// t*, the number of cohorts at which to be tightest.
    public let optimumTime: Double

    /// Chooses the parameters, which must not depend on the data.
    ///
    /// - Parameters:
    ///   - alpha: The error probability, strictly between 0 and 1.
    ///   - burnIn: t₀ ≥ 2.
    ///   - optimumTime: t* ≥ 1.
    public init(alpha: Double = 0.05, burnIn: Int = 20, optimumTime: Double = 60) {
        Checks.alpha(alpha)
        precondition(burnIn >= 2 && optimumTime >= 1, "The burn-in has two cohorts or more.")
        self.alpha = alpha
        self.burnIn = burnIn
        self.optimumTime = optimumTime
    }

    /// The state of the sequence after some cohorts.
    public struct Point: Sendable, Hashable {
        /// t, the number of cohorts.
        public let cohortCount: Int
        /// μ̂, the mean over all rows so far.
        public let mean: Double
        /// s², the variance of a cohort's residual.
        public let variance: Double
        /// The half-width; `nil` during the burn-in.
        public let radius: Double?
        /// The logarithm of the two-sided e-value against mean 0; `nil` during the burn-in.
        public let logEValue: Double?

        /// mean ± radius; `nil` during the burn-in.
        public var interval: Interval? {
            radius.map { Interval(low: mean - $0, high: mean + $0) }
        }
    }

    /// The sequence after each cohort.
    ///
    /// - Parameter cohorts: Counts and sums in event order.
    /// - Returns: One point a cohort.
    /// - Complexity: O(cohorts).
    ///
    /// ## Edge cases
    ///
    /// - While all cohorts since the start have exactly the same mean, s² is 0 and the burn-in lasts.
    /// - Points before t₀ have no radius; later points do not change when cohorts are added.
    ///
    /// ## Source
    ///
    /// Checked against `fixtures/statistics/07_recommended/expected_blocks.json`.
    public func path(_ cohorts: CohortSums) -> [Point] {
        var points: [Point] = []
        points.reserveCapacity(cohorts.count)
        var moments = RatioMoments(origin: cohorts.counts.isEmpty ? 0 : cohorts.firstMean)
        var sequence: AsymptoticConfidenceSequence?
        for (n, sum) in zip(cohorts.counts, cohorts.sums) {
            moments.add(count: n, sum: sum)
            let variance = moments.variance
            let t = moments.cohortCount
            // A variance of denormal size has no finite ρ²; the burn-in goes on.
            if sequence == nil, t >= burnIn, variance > 1e-200 {
                sequence = AsymptoticConfidenceSequence(
                    alpha: alpha,
                    optimumTime: optimumTime,
                    variance: variance
                )
            }
            points.append(
                Point(
                    cohortCount: t,
                    mean: moments.mean,
                    variance: variance,
                    radius: sequence?.radius(count: Double(t), variance: variance),
                    logEValue: sequence?.logEValue(
                        mean: moments.mean,
                        count: Double(t),
                        variance: variance
                    )
                )
            )
        }
        return points
    }

    /// The sequence after the last cohort.
    ///
    /// - Parameter cohorts: Counts and sums in event order.
    /// - Returns: The last point, or `nil` without cohorts.
    public func latest(_ cohorts: CohortSums) -> Point? { path(cohorts).last }
}

extension CohortSums {
    fileprivate var firstMean: Double { sums[0] / counts[0] }
}

/// Running sums for the mean of a ratio and the variance of its residuals.
private struct RatioMoments {
    /// A value near the mean, taken off first so that squares do not cancel.
    let origin: Double
    var cohortCount = 0
    var rows = 0.0
    var total = 0.0
    var squares = 0.0
    var cross = 0.0
    var countSquares = 0.0

    init(origin: Double) { self.origin = origin }

    mutating func add(count: Double, sum: Double) {
        let centred = sum - origin * count
        cohortCount += 1
        rows += count
        total += centred
        squares += centred * centred
        cross += centred * count
        countSquares += count * count
    }

    var mean: Double { origin + total / rows }

    /// The mean of r_d² over the cohorts.
    var variance: Double {
        let shift = total / rows
        let sum = squares - shift * (2 * cross - shift * countSquares)
        let perCohort = rows / Double(cohortCount)
        // Dust of rounding counts as no variance at all.
        guard sum > 1e-13 * squares else { return 0 }
        return sum / Double(cohortCount) / perCohort / perCohort
    }
}
