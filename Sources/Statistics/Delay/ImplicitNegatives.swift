import RealModule

/// The mean of a loss over immature rows when only positives report and silence means "not yet".
///
///     (1/n)[Σᵢ ℓ(pᵢ, 0) + Σ_{reported}(ℓ(pᵢ, 1) − ℓ(pᵢ, 0))/G(ageᵢ)]
///
/// Unbiased for any loss linear in y if the delay does not depend on the score given y = 1. Positives
/// that never report count as negatives.
///
/// - Parameters:
///   - lossesIfNegative: ℓ(pᵢ, 0) of every row, n ≥ 1.
///   - lossesIfPositive: ℓ(pᵢ, 1) of every row.
///   - isReported: Whether the row has reported as positive.
///   - maturities: G(ageᵢ), above 0 and at most 1; leave out rows below ½, whose weight is noise.
/// - Returns: The mean; its standard error counts the reports only.
/// - Throws: ``StatisticsError`` for no rows, unequal lengths and numbers out of range.
///
/// ## Source
///
/// Own, on the estimator of Horvitz and Thompson.
/// Checked against `fixtures/statistics/09_delay`.
public func maturityAdjustedMean(
    lossesIfNegative: [Double],
    lossesIfPositive: [Double],
    isReported: [Bool],
    maturities: [Double]
) throws(StatisticsError) -> MeanEstimate {
    let n = lossesIfNegative.count
    try Checks.notEmpty("lossesIfNegative", n)
    try Checks.sameCount("lossesIfNegative", n, "lossesIfPositive", lossesIfPositive.count)
    try Checks.sameCount("lossesIfNegative", n, "isReported", isReported.count)
    try Checks.sameCount("lossesIfNegative", n, "maturities", maturities.count)
    try Checks.finite("lossesIfNegative", lossesIfNegative)
    try Checks.finite("lossesIfPositive", lossesIfPositive)
    try Checks.positive("maturities", maturities)
    try Checks.probabilities("maturities", maturities)
    var (base, sum) = (0.0, 0.0)
    var reports = [Double](repeating: 0, count: n)
    for row in 0..<n {
        base += lossesIfNegative[row]
        if isReported[row] {
            reports[row] = (lossesIfPositive[row] - lossesIfNegative[row]) / maturities[row]
        }
        sum += reports[row]
    }
    let centre = sum / Double(n)
    var squares = 0.0
    for report in reports { squares += (report - centre) * (report - centre) }
    return MeanEstimate(
        mean: (base + sum) / Double(n),
        standardError: Double.sqrt(squares) / Double(n),
        degreesOfFreedom: n - 1
    )
}

/// The probability of an event that has not reported by an age: p(1 − G)/(1 − pG).
///
/// Takes the forecast for true, so it estimates and does not evaluate.
///
/// - Parameters:
///   - probability: p, the forecast, from 0 to 1.
///   - maturity: G, the share of events that report by this age, from 0 to 1.
/// - Returns: The probability; 0 when p and G are both 1.
///
/// ## Source
///
/// Chapelle, O. (2014). Modeling delayed feedback in display advertising. *KDD*, 1097–1105.
public func probabilityOfUnreportedEvent(probability: Double, maturity: Double) -> Double {
    let silent = 1 - probability * maturity
    return silent > 0 ? probability * (1 - maturity) / silent : 0
}
