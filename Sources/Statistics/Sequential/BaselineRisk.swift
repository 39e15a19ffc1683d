import RealModule

/// How much worse than the baseline a risk may be before it is called harm.
public enum RiskTolerance: Sendable, Hashable {
    /// ε in the unit of the loss.
    case absolute(Double)
    /// ε as a share of the baseline mean.
    case relative(Double)

    func margin(over mean: Double) -> Double {
        switch self {
        case .absolute(let margin): margin
        case .relative(let share): share * mean
        }
    }
}

/// The risk in a baseline period and the bound m = U + ε that later risk is tested against.
///
///     U = μ̂ + z_{1−α} · SE_block
///
/// The baseline must be labelled by the same rule and at the same age as what it is compared with. Where rows
/// of an entity depend on each other across cohorts too, the larger of both errors and of both
/// overdispersions counts, that between cohorts and that between groups of entities.
public struct BaselineRisk: Sendable, Hashable {
    /// μ̂, the mean loss over the rows of the baseline.
    public let mean: Double
    /// Its block standard error: the larger one, where there are groups.
    public let standardError: Double
    /// U, the upper confidence bound of the mean.
    public let upperBound: Double
    /// m = U + ε.
    public let riskBound: Double
    /// How much cohorts scatter beyond their rows, or groups if that is more.
    public let overdispersion: OverdispersionFactor
    /// How much groups of entities scatter beyond their rows; `nil` where there are no groups.
    public let groupOverdispersion: OverdispersionFactor?
    /// The number of cohorts, D.
    public let cohortCount: Int

    /// Estimates the baseline from its matured cohorts.
    ///
    /// - Parameters:
    ///   - cohorts: Counts, sums and sums of squares of the loss, at least two cohorts; 30 are the
    ///     least that is advised, 60 are better.
    ///   - groups: The same rows by group of entities, over all cohorts; at least two groups.
    ///   - alpha: α_S, the probability that U is below the true risk.
    ///   - tolerance: ε, added to U.
    ///
    /// The result is `nil` with fewer than two cohorts, or than two groups where groups are given.
    ///
    /// ## Source
    ///
    /// Podkopaev, A. and Ramdas, A. (2022). Tracking the risk of a deployed model and detecting harmful
    /// distribution shifts. *ICLR*, for m = U + ε; the block error is our own.
    /// Checked against `fixtures/statistics/07_recommended/expected_blocks.json`.
    public init?(
        _ cohorts: CohortMoments,
        groups: CohortMoments? = nil,
        alpha: Double = 0.01,
        tolerance: RiskTolerance = .relative(0.10)
    ) {
        Checks.alpha(alpha)
        guard let estimate = blockMean(cohorts.totals), let error = estimate.standardError else {
            return nil
        }
        var largestError = error
        var largestFactor = OverdispersionFactor(cohorts)
        groupOverdispersion = groups.map(OverdispersionFactor.init)
        if let groups, let groupFactor = groupOverdispersion {
            guard let groupError = blockMean(groups.totals)?.standardError else { return nil }
            largestError = max(error, groupError)
            if groupFactor.upperLimit > largestFactor.upperLimit { largestFactor = groupFactor }
        }
        mean = estimate.mean
        standardError = largestError
        upperBound = estimate.mean - Normal.uncheckedQuantile(alpha) * largestError
        riskBound = upperBound + tolerance.margin(over: estimate.mean)
        overdispersion = largestFactor
        cohortCount = cohorts.count
    }
}
