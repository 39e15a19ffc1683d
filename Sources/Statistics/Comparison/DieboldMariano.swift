import RealModule

/// How autocovariances of loss differences are weighted.
public enum AutocovarianceKernel: String, Sendable, Hashable, CaseIterable {
    /// Weight 1 up to lag h − 1: the classical test; the variance can come out negative.
    case truncated
    /// Bartlett's falling weights 1 − j/h: never negative.
    case bartlett
}

/// The long-run variance of values in order, γ₀ + 2Σ_{j≤L} w_j γ_j with divisor n.
///
/// - Parameters:
///   - values: n ≥ 1 finite values in order of time.
///   - lag: L, from 0 to n − 1.
///   - kernel: The weights: 1, or 1 − j/(L + 1).
/// - Returns: The variance; of the truncated kernel it can be negative.
/// - Throws: ``StatisticsError`` for no values and values that are not finite.
///
/// ## Source
///
/// Newey, W. K. and West, K. D. (1987). *Econometrica*, 55(3), 703–708. Equals R sandwich
/// `NeweyWest(prewhite = FALSE, adjust = FALSE)`; checked: `fixtures/statistics/05_paired`.
public func longRunVariance(
    _ values: [Double],
    lag: Int,
    kernel: AutocovarianceKernel = .bartlett
) throws(StatisticsError) -> Double {
    let mean = try MeanEstimate(values: values).mean
    precondition(lag >= 0 && lag < values.count, "The lag is below the number of values.")
    func autocovariance(_ lag: Int) -> Double {
        var sum = 0.0
        for index in lag..<values.count {
            sum += (values[index] - mean) * (values[index - lag] - mean)
        }
        return sum / Double(values.count)
    }
    var sum = autocovariance(0)
    for j in 1..<(lag + 1) {
        let weight = kernel == .bartlett ? 1 - Double(j) / Double(lag + 1) : 1
        sum += 2 * weight * autocovariance(j)
    }
    return sum
}

/// The lag that Newey and West suggest for n values, ⌊4(n/100)^(2/9)⌋.
///
/// - Parameter count: n ≥ 1.
/// - Returns: The lag, below n.
public func automaticLag(count: Int) -> Int {
    let lag = Int(4 * Double.pow(Double(count) / 100, 2.0 / 9))
    return max(0, min(lag, count - 1))
}

/// The Diebold–Mariano test of equal expected loss, for one fixed look.
public struct DieboldMariano: Sendable, Hashable {
    /// The mean gain; positive when the shadow is better.
    public let meanGain: Double
    /// The standard error of the mean, without the small-sample factor.
    public let standardError: Double
    /// The statistic with Harvey, Leybourne and Newbold's factor, Student t with n − 1 degrees.
    public let statistic: Double
    /// The two-sided p-value.
    public let pValue: Double

    /// Tests gains in order of time.
    ///
    ///     DM = mean/√(LRV/n) · √((n + 1 − 2h + h(h − 1)/n)/n)
    ///
    /// The result is `nil` when the variance is not above 0.
    ///
    /// - Parameters:
    ///   - gains: n ≥ 2 gains, loss(champion) − loss(shadow), in order of time.
    ///   - horizon: h ≥ 1: autocovariances up to lag h − 1 count.
    ///   - kernel: Their weights.
    /// - Throws: ``StatisticsError`` for no values and values that are not finite.
    ///
    /// ## Source
    ///
    /// Diebold, F. X. and Mariano, R. S. (1995). *Journal of Business & Economic Statistics*, 13(3),
    /// 253–263; Harvey, D., Leybourne, S. and Newbold, P. (1997). *International Journal of
    /// Forecasting*, 13(2), 281–291. Checked against R forecast 8.20 `dm.test`.
    public init?(
        gains: [Double],
        horizon: Int = 1,
        kernel: AutocovarianceKernel = .truncated
    ) throws(StatisticsError) {
        precondition(horizon >= 1 && horizon <= max(1, gains.count), "The horizon is from 1 to n.")
        let variance = try longRunVariance(gains, lag: horizon - 1, kernel: kernel)
        let (n, h) = (Double(gains.count), Double(horizon))
        guard gains.count >= 2, variance > 0 else { return nil }
        meanGain = try MeanEstimate(values: gains).mean
        standardError = Double.sqrt(variance / n)
        let factor = Double.sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n)
        statistic = meanGain / standardError * factor
        pValue = StudentT(degreesOfFreedom: n - 1).twoSidedPValue(statistic)
    }
}
