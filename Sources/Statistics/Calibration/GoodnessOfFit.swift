import RealModule

/// Spiegelhalter's test of calibration at one fixed look.
public struct SpiegelhalterTest: Sendable, Hashable {
    /// The standard normal statistic; positive when events with low scores are too frequent.
    public let z: Double
    /// The two-sided p-value.
    public let pValue: Double
}

/// Spiegelhalter's test: whether the Brier score is what calibrated forecasts would have.
///
///     z = Σ(yᵢ − pᵢ)(1 − 2pᵢ) / √Σ(1 − 2pᵢ)² pᵢ(1 − pᵢ)
///
/// Blind to errors that are symmetric about ½.
///
/// - Parameter forecasts: n ≥ 1 independent forecasts.
/// - Returns: The test, or `nil` when the variance is 0: every probability is 0, ½ or 1.
///
/// ## Source
///
/// Spiegelhalter, D. J. (1986). Probabilistic prediction in patient management and clinical trials.
/// *Statistics in Medicine*, 5(5), 421–433.
/// Checked against R rms 6.5.0 `val.prob`: `fixtures/statistics/04_calibration`.
public func spiegelhalterTest(_ forecasts: BinaryForecasts) -> SpiegelhalterTest? {
    var (sum, variance) = (0.0, 0.0)
    for (p, y) in zip(forecasts.probabilities, forecasts.outcomes) {
        let weight = 1 - 2 * p
        sum += ((y ? 1 : 0) - p) * weight
        variance += weight * weight * p * (1 - p)
    }
    guard variance > 0 else { return nil }
    let z = sum / Double.sqrt(variance)
    return SpiegelhalterTest(z: z, pValue: Normal.twoSidedPValue(z))
}

/// The Hosmer–Lemeshow test of calibration at one fixed look.
public struct HosmerLemeshowTest: Sendable, Hashable {
    /// The statistic.
    public let statistic: Double
    /// The groups g.
    public let groupCount: Int
    /// The p-value with g degrees of freedom: for a model fitted on other data.
    public let pValue: Double
    /// The p-value with g − 2 degrees of freedom, for the data the model was fitted on; `nil` for
    /// fewer than three groups.
    public let inSamplePValue: Double?
}

/// The Hosmer–Lemeshow test on groups.
///
///     Σ_g (O_g − E_g)²/(n_g π̄_g(1 − π̄_g)) ~ χ²_g
///
/// The value depends on the grouping: for parity with other tools only.
///
/// - Parameter bins: The groups, for instance ten by rank; groups without rows are left out.
/// - Returns: The test, or `nil` without groups or with one whose mean score is 0 or 1.
///
/// ## Source
///
/// Hosmer, D. W. and Lemeshow, S. (1980). Goodness of fit tests for the multiple logistic regression
/// model. *Communications in Statistics*, 9(10), 1043–1069.
/// Checked against `fixtures/statistics/04_calibration`.
public func hosmerLemeshowTest(_ bins: CalibrationBins) -> HosmerLemeshowTest? {
    var statistic = 0.0
    var groups = 0
    for bin in bins.counts.indices where bins.counts[bin] > 0 {
        let n = bins.counts[bin]
        let mean = bins.scoreSums[bin] / n
        guard mean > 0, mean < 1 else { return nil }
        let gap = bins.positives[bin] - bins.scoreSums[bin]
        statistic += gap * gap / (n * mean * (1 - mean))
        groups += 1
    }
    guard groups > 0 else { return nil }
    return HosmerLemeshowTest(
        statistic: statistic,
        groupCount: groups,
        pValue: ChiSquared(degreesOfFreedom: Double(groups)).survival(statistic),
        inSamplePValue: groups > 2
            ? ChiSquared(degreesOfFreedom: Double(groups - 2)).survival(statistic) : nil
    )
}
