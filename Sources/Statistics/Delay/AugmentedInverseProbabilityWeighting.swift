import RealModule

/// The expected Brier loss of a probability p when the event has probability c.
///
/// - Parameters:
///   - probability: p, the forecast that is judged.
///   - calibrated: c, the recalibrated probability of the event.
/// - Returns: c(1 − p)² + (1 − c)p², from 0 to 1.
public func expectedBrierLoss(probability: Double, calibrated: Double) -> Double {
    calibrated * (1 - probability) * (1 - probability)
        + (1 - calibrated) * probability * probability
}

/// A mean loss over all rows, of which some are labelled: the doubly robust estimate (AIPW).
///
///     ψᵢ = eᵢ + Vᵢ(ℓᵢ − eᵢ)/πᵢ     estimate mean ψ, SE sd(ψ)/√n
///
/// e is the loss expected under the score, V whether the row is labelled. Unbiased if either π or e is
/// right; with a good e narrower than weighting alone.
///
/// - Parameters:
///   - expectedLosses: eᵢ of every row, labelled or not; n ≥ 1.
///   - losses: ℓᵢ, `nil` for rows without a label.
///   - propensities: πᵢ of every row, above 0 and at most 1 where labelled.
///   - floor: The least π that is used.
/// - Returns: The mean of ψ with its standard error. Rows count as independent.
/// - Throws: ``StatisticsError`` for no rows, unequal lengths and numbers out of range.
///
/// ## Source
///
/// Robins, J. M., Rotnitzky, A. and Zhao, L. P. (1994). *Journal of the American Statistical
/// Association*, 89, 846–866; Angelopoulos, A. N. et al. (2023). Prediction-powered inference.
/// *Science*, 382, 669–674. Checked against `fixtures/statistics/09_delay`.
public func augmentedMean(
    expectedLosses: [Double],
    losses: [Double?],
    propensities: [Double],
    floor: Double = 0.05
) throws(StatisticsError) -> MeanEstimate {
    precondition(floor > 0 && floor <= 1, "The floor is above 0 and at most 1.")
    try Checks.sameCount("expectedLosses", expectedLosses.count, "losses", losses.count)
    try Checks.sameCount(
        "expectedLosses",
        expectedLosses.count,
        "propensities",
        propensities.count
    )
    try Checks.probabilities("propensities", propensities)
    var values = expectedLosses
    for index in values.indices {
        guard let loss = losses[index] else { continue }
        values[index] += (loss - expectedLosses[index]) / max(propensities[index], floor)
    }
    return try MeanEstimate(values: values)
}

extension MeanEstimate {
    /// The interval mean ± z · standard error with the normal distribution, for large samples.
    ///
    /// - Parameter level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval, or `nil` when there is no standard error.
    public func normalInterval(level: Double = 0.95) -> Interval? {
        Checks.level(level)
        guard let standardError else { return nil }
        let half = Normal.critical(level: level) * standardError
        guard (mean + half).isFinite, (mean - half).isFinite else { return nil }
        return Interval(low: mean - half, high: mean + half)
    }
}
