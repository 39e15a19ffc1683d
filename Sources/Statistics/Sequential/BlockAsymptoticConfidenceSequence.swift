import RealModule

/// The asymptotic confidence sequence of a mean on cohort sums: for rows that depend within a cohort.
///
///     μ̂ = ΣS_d/Σn_d     r_d = (S_d − μ̂ n_d)/n̄     s² = max(mean r_d², c²/(n̄·Σn_d))     t = number of cohorts
///
/// c² is what the square of a row can be, where that is known: cohorts whose means do not scatter have not shown that they
/// never would, and the floor is what one more row would add. Where it is 0 no row can differ from 0, and neither can the mean.
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
        /// The half-width, 0 where no row can differ from 0; `nil` during the burn-in.
        public let radius: Double?
        /// The logarithm of the two-sided e-value against mean 0; `nil` during the burn-in.
        public let logEValue: Double?
        /// ρ², fixed since the burn-in; `nil` during it.
        public let rhoSquared: Double?

        /// mean ± radius; `nil` during the burn-in.
        public var interval: Interval? {
            radius.map { Interval(low: mean - $0, high: mean + $0) }
        }
    }

    /// The sequence after each cohort.
    ///
    /// - Parameters:
    ///   - cohorts: Counts and sums in event order.
    ///   - squares: c² ≥ 0 after each cohort, from what was known up to it; `nil` where that is not known, and there is no
    ///     floor.
    ///   - inflation: How many times the variance is taken that the cohorts have, where they are known to depend.
    /// - Returns: One point a cohort.
    /// - Complexity: O(cohorts).
    ///
    /// ## Edge cases
    ///
    /// - While all cohorts since the start have exactly the same mean and c² is not known, s² is 0 and the burn-in lasts.
    /// - Points before t₀ have no radius; later points do not change when cohorts are added.
    ///
    /// ## Source
    ///
    /// Checked against `fixtures/statistics/07_recommended/expected_blocks.json`.
    public func path(
        _ cohorts: CohortSums,
        squares: [Double]? = nil,
        inflation: Double = 1
    ) -> [Point] {
        precondition(
            squares.map { $0.count == cohorts.count } ?? true,
            "Each cohort has what a row can be."
        )
        var points: [Point] = []
        points.reserveCapacity(cohorts.count)
        var moments = RatioMoments()
        var sequence: AsymptoticConfidenceSequence?
        for (index, (n, sum)) in zip(cohorts.counts, cohorts.sums).enumerated() {
            moments.add(count: n, sum: sum)
            let square = squares?[index]
            let floor = (square ?? 0) / moments.meanRows / moments.rows
            let variance = max(inflation * moments.variance, floor)
            let t = moments.blockCount
            let isCertain = variance == 0 && square == 0 && t >= burnIn
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
                    radius: isCertain ? 0 : sequence?.radius(count: Double(t), variance: variance),
                    logEValue: isCertain
                        ? 0
                        : sequence?.logEValue(
                            mean: moments.mean,
                            count: Double(t),
                            variance: variance
                        ),
                    rhoSquared: sequence?.rhoSquared
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

    /// The cohorts in all that this sequence needs to detect a gain, at the scatter seen so far.
    ///
    /// - Parameters:
    ///   - gain: The smallest mean difference that matters, not 0; its sign does not matter.
    ///   - point: A state of this sequence; during the burn-in its ρ² is what it would be fixed at now.
    ///   - power: The share of runs that ``SequentialSampleSize/atPower`` is for, from ½ and below 1.
    /// - Returns: Numbers of cohorts, at least the burn-in, or `nil` without scatter or for a gain of 0.
    public func cohortsNeeded(
        toDetect gain: Double,
        at point: Point,
        power: Double = 0.8
    ) -> SequentialSampleSize? {
        guard point.variance > 1e-200 else { return nil }
        let rhoSquared =
            point.rhoSquared
            ?? AsymptoticConfidenceSequence(
                alpha: alpha,
                optimumTime: optimumTime,
                variance: point.variance
            ).rhoSquared
        return SequentialSampleSize(
            gain: gain,
            variance: point.variance,
            rhoSquared: rhoSquared,
            alpha: alpha,
            power: power
        )?.atLeast(Double(burnIn))
    }
}
