import RealModule

/// The asymptotic confidence sequence of a mean where rows depend within a cohort and within an entity,
/// also across cohorts.
///
///     μ̂ = S/N     S = Σ_dg S_dg, N = Σ_dg n_dg     r_dg = S_dg − μ̂ n_dg
///     V_cohorts = Σ_d (Σ_g r_dg)²     V_cells = Σ_dg r_dg²
///     V_groups  = Σ_g (Σ_d r_dg)² · Q/(Q − 2C/N + Q²/N²)     Q = Σ_g n_g², C = Σ_g n_g³
///     V = max(V_cohorts, V_groups, V_cohorts + V_groups − V_cells)
///     radius = √(2(Vρ² + 1)/ρ² · ln(√(Vρ² + 1)/α)) / N
///
/// d runs over the cohorts so far and g over groups of entities. V estimates the variance of S − μN; the
/// last of the three is the two-way cluster-robust variance, which counts what cohorts share and what
/// entities share and takes off what would be counted twice. The factor on V_groups makes up for residuals
/// being taken around μ̂, for effects of entities of any size; for equal groups it is G/(G − 1). ρ² is
/// fixed at the end of the burn-in t₀ from V there, to be tightest where V has grown to V t*/t₀.
///
/// ## Why it may be looked at any time
///
/// [Own construction.] The boundary is that of ``AsymptoticConfidenceSequence`` at the intrinsic time V.
/// For a Brownian motion B run at that time it is crossed with probability α at most. What an entity
/// brings back on later cohorts makes increments of S − μN correlate positively, so that
///
///     Cov(M_s, M_t) ≥ Var(M_s)     for s ≤ t, M = S − μN
///
/// and corr(M_s, M_t) ≥ √(V_s/V_t), which is what B has. By Slepian's inequality the standardised sum then
/// exceeds the boundary on one side with no greater probability than B does. Both sides together are
/// bounded by the sum of the two, which exceeds α only by the probability that B crosses on both sides.
///
/// ## Assumptions
///
/// - Entities are independent of each other but for what they share within a cohort; they may recur.
/// - What an entity brings back is not negatively correlated with what it brought before.
/// - The gain of an entity is a draw from those that there could be: the mean is over entities to come,
///   not over these.
/// - Many entities, none of which outweighs the others: see below.
///
/// ## Edge cases
///
/// - No radius during the burn-in, nor while the groups are worth fewer than ``leastGroups`` of equal
///   size (N²/Q): a variance of fewer is not known.
/// - A later point may have no radius although an earlier one had, where one group outgrows the others.
/// - While V is 0 the burn-in lasts.
///
/// ## Source
///
/// The sequence: Waudby-Smith, I., Arbour, D., Sinha, R., Kennedy, E. H. and Ramdas, A. (2024), as there.
/// The two-way variance: Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2011). Robust inference with
/// multiway clustering. *Journal of Business & Economic Statistics*, 29(2), 238–249.
/// The inequality: Slepian, D. (1962). The one-sided barrier problem for Gaussian noise. *Bell System
/// Technical Journal*, 41(2), 463–501.
public struct ClusteredAsymptoticConfidenceSequence: Sendable, Hashable {
    /// The probability that the sequence ever misses.
    public let alpha: Double
    /// t₀, the cohorts before the first interval.
    public let burnIn: Int
    /// t*, the number of cohorts at which to be tightest, if V grew evenly.
    public let optimumTime: Double
    /// The groups of equal size that the groups must be worth.
    public let leastGroups: Double

    /// Chooses the parameters, which must not depend on the data.
    ///
    /// - Parameters:
    ///   - alpha: The error probability, strictly between 0 and 1.
    ///   - burnIn: t₀ ≥ 2.
    ///   - optimumTime: t* ≥ 1.
    ///   - leastGroups: From 2; 14 are the least that is advised.
    public init(
        alpha: Double = 0.05,
        burnIn: Int = 20,
        optimumTime: Double = 60,
        leastGroups: Double = 14
    ) {
        Checks.alpha(alpha)
        precondition(
            burnIn >= 2 && optimumTime >= 1 && leastGroups >= 2,
            "The burn-in has two cohorts or more, and two groups or more."
        )
        self.alpha = alpha
        self.burnIn = burnIn
        self.optimumTime = optimumTime
        self.leastGroups = leastGroups
    }

    /// The state of the sequence after some cohorts.
    public struct Point: Sendable, Hashable {
        /// Seen as a sequence over cohorts: variance and ρ² are those of a cohort's residual, in units of
        /// mean cohorts.
        public let sequence: BlockAsymptoticConfidenceSequence.Point
        /// N, the rows so far.
        public let rows: Double
        /// Groups with rows.
        public let groupCount: Int
        /// N²/Σn_g², the groups of equal size that they are worth.
        public let effectiveGroups: Double
        /// V_cohorts, which dependence within cohorts makes large.
        public let varianceByCohort: Double
        /// V_groups, which dependence within entities makes large.
        public let varianceByGroup: Double
        /// V, the estimated variance of S − μN.
        public let variance: Double
    }

    /// The sequence after each cohort.
    ///
    /// - Parameter cohorts: Counts and sums by cohort and group, in event order.
    /// - Returns: One point a cohort; points do not change when cohorts are added.
    /// - Complexity: O(cohorts · groups).
    public func path(_ cohorts: ClusteredCohortSums) -> [Point] {
        var moments = ClusterMoments(cohorts)
        var sequence: AsymptoticConfidenceSequence?
        var points: [Point] = []
        points.reserveCapacity(cohorts.count)
        for (counts, sums) in zip(cohorts.counts, cohorts.sums) {
            moments.add(counts, sums)
            let state = moments.variances
            let isEnough = state.effectiveGroups >= leastGroups
            let t = moments.cohortCount
            // A variance of next to nothing has no finite ρ²; the burn-in goes on.
            if sequence == nil, t >= burnIn, isEnough, state.all > 1e-150 {
                sequence = AsymptoticConfidenceSequence(
                    alpha: alpha,
                    optimumTime: optimumTime,
                    variance: state.all / Double(t)
                )
            }
            points.append(point(moments, state, isEnough ? sequence : nil, sequence?.rhoSquared))
        }
        return points
    }

    private func point(
        _ moments: ClusterMoments,
        _ state: ClusterMoments.Variances,
        _ sequence: AsymptoticConfidenceSequence?,
        _ rhoSquared: Double?
    ) -> Point {
        let perCohort = moments.rows / Double(moments.cohortCount)
        return Point(
            sequence: BlockAsymptoticConfidenceSequence.Point(
                cohortCount: moments.cohortCount,
                mean: moments.mean,
                variance: state.all / Double(moments.cohortCount) / perCohort / perCohort,
                radius: sequence.map { $0.radius(count: 1, variance: state.all) / moments.rows },
                logEValue: sequence.map {
                    $0.logEValue(mean: moments.mean * moments.rows, count: 1, variance: state.all)
                },
                rhoSquared: rhoSquared.map { $0 * perCohort * perCohort }
            ),
            rows: moments.rows,
            groupCount: moments.groupCount,
            effectiveGroups: state.effectiveGroups,
            varianceByCohort: state.byCohort,
            varianceByGroup: state.byGroup,
            variance: state.all
        )
    }

    /// The sequence after the last cohort.
    ///
    /// - Parameter cohorts: Counts and sums by cohort and group, in event order.
    /// - Returns: The last point, or `nil` without cohorts.
    public func latest(_ cohorts: ClusteredCohortSums) -> Point? { path(cohorts).last }
}

/// Running sums for the variances of a mean by cohort, by group and by both.
private struct ClusterMoments {
    struct Variances {
        var byCohort: Double
        var byGroup: Double
        var all: Double
        var effectiveGroups: Double
    }

    /// A value near the mean, taken off first so that squares do not cancel.
    private let origin: Double
    private(set) var cohortCount = 0
    private(set) var rows = 0.0
    private var total = 0.0
    private var groupRows: [Double]
    private var groupTotals: [Double]
    private var cohorts = SquareSums()
    private var cells = SquareSums()

    init(_ cohorts: ClusteredCohortSums) {
        let counts = cohorts.counts.first?.reduce(0, +) ?? 1
        origin = (cohorts.sums.first?.reduce(0, +) ?? 0) / counts
        groupRows = Array(repeating: 0, count: cohorts.groupCount)
        groupTotals = groupRows
    }

    mutating func add(_ counts: [Double], _ sums: [Double]) {
        var (cohortRows, cohortTotal) = (0.0, 0.0)
        for group in counts.indices where counts[group] > 0 {
            let centred = sums[group] - origin * counts[group]
            cells.add(counts[group], centred)
            groupRows[group] += counts[group]
            groupTotals[group] += centred
            cohortRows += counts[group]
            cohortTotal += centred
        }
        cohorts.add(cohortRows, cohortTotal)
        cohortCount += 1
        rows += cohortRows
        total += cohortTotal
    }

    var mean: Double { origin + total / rows }
    var groupCount: Int { groupRows.count { $0 > 0 } }

    var variances: Variances {
        let shift = total / rows
        var groups = SquareSums()
        for (n, sum) in zip(groupRows, groupTotals) where n > 0 { groups.add(n, sum) }
        var (shares, cubes) = (0.0, 0.0)
        for n in groupRows {
            let share = n / rows
            shares += share * share
            cubes += share * share * share
        }
        let left = shares - 2 * cubes + shares * shares
        let byCohort = cohorts.residual(shift)
        // One group has no residual at all, and nothing to make up for.
        let byGroup = left > 1e-12 * shares ? groups.residual(shift) * (shares / left) : 0
        let byCell = cells.residual(shift)
        return Variances(
            byCohort: byCohort,
            byGroup: byGroup,
            all: max(byCohort, byGroup, byCohort + byGroup - byCell),
            effectiveGroups: 1 / shares
        )
    }
}

/// Σ(s − m n)² for a mean m that is known only later.
private struct SquareSums {
    private var squares = 0.0
    private var cross = 0.0
    private var countSquares = 0.0

    mutating func add(_ count: Double, _ sum: Double) {
        squares += sum * sum
        cross += sum * count
        countSquares += count * count
    }

    func residual(_ shift: Double) -> Double {
        let sum = squares - shift * (2 * cross - shift * countSquares)
        // Dust of rounding counts as no variance at all.
        return sum > 1e-13 * squares ? sum : 0
    }
}
