import RealModule

/// A mean over all rows from the labelled ones, each weighted by one over its propensity.
///
///     Hájek: Σℓ/π / Σ1/π     SE = √Σw²(ℓ − mean)² / Σw     Horvitz–Thompson: Σℓ/π / n
public struct InverseProbabilityMean: Sendable, Hashable {
    /// Hájek's mean, with weights scaled to add up to 1: the default.
    public let mean: Double
    /// The standard error of Hájek's mean, propensities taken as known.
    public let standardError: Double
    /// Horvitz and Thompson's mean; `nil` when the number of all rows was not given.
    public let horvitzThompson: Double?
    /// Kish's effective number of labelled rows.
    public let effectiveCount: Double
    /// The rows whose propensity was raised to the floor.
    public let truncatedCount: Int
}

/// Estimates a mean loss under labels that are missing at random given what π depends on.
///
/// - Parameters:
///   - losses: The losses of the labelled rows, n ≥ 1.
///   - propensities: π of the same rows, above 0 and at most 1.
///   - floor: The least π that is used; smaller ones are raised to it, which trades bias for noise.
///   - rowCount: All rows, labelled or not, if Horvitz and Thompson's mean is wanted.
/// - Returns: The means.
/// - Throws: ``StatisticsError`` for no rows, unequal lengths and numbers out of range.
///
/// ## Source
///
/// Hájek, J. (1971), in *Foundations of Statistical Inference*, 236; Horvitz, D. G. and Thompson, D. J.
/// (1952). *Journal of the American Statistical Association*, 47, 663–685.
/// Checked against `fixtures/statistics/09_delay`.
public func inverseProbabilityMean(
    losses: [Double],
    propensities: [Double],
    floor: Double = 0.05,
    rowCount: Int? = nil
) throws(StatisticsError) -> InverseProbabilityMean {
    precondition(floor >= 0 && floor <= 1, "The floor is from 0 to 1.")
    try Checks.notEmpty("losses", losses.count)
    try Checks.sameCount("losses", losses.count, "propensities", propensities.count)
    try Checks.finite("losses", losses)
    try Checks.positive("propensities", propensities)
    try Checks.probabilities("propensities", propensities)
    let weights = propensities.map { 1 / max($0, floor) }
    let estimate = try MeanEstimate(values: losses, weights: weights)
    var (sum, truncated) = (0.0, 0)
    for (index, weight) in weights.enumerated() {
        sum += weight * losses[index]
        if propensities[index] < floor { truncated += 1 }
    }
    return InverseProbabilityMean(
        mean: estimate.mean,
        standardError: estimate.standardError ?? 0,
        horvitzThompson: rowCount.map { sum / Double(max($0, losses.count)) },
        effectiveCount: effectiveCount(weights: weights),
        truncatedCount: truncated
    )
}
