import RealModule

/// How far values that should be uniform on [0, 1] are from it, at one fixed look.
public struct UniformityTest: Sendable, Hashable {
    /// The Kolmogorov–Smirnov distance D, from 0 to 1.
    public let distance: Double
    /// The p-value of D.
    public let pValue: Double
    /// The Cramér–von Mises statistic, 1/(12n) + Σ((2i − 1)/2n − u₍ᵢ₎)².
    public let cramerVonMises: Double
}

/// Tests whether probability integral transforms F(y) are uniform.
///
/// For discrete or quantile forecasts use randomised transforms; rows count as independent.
///
/// - Parameter values: n ≥ 1 values from 0 to 1.
/// - Returns: Distance, p-value and the Cramér–von Mises statistic.
/// - Throws: ``StatisticsError`` for no values and values outside [0, 1].
///
/// ## Source
///
/// Diebold, F. X., Gunther, T. A. and Tay, A. S. (1998). Evaluating density forecasts. *International
/// Economic Review*, 39(4), 863–883. Checked against SciPy 1.17.1 `kstest`, `cramervonmises`.
public func uniformityTest(_ values: [Double]) throws(StatisticsError) -> UniformityTest {
    try Checks.notEmpty("values", values.count)
    try Checks.probabilities("values", values)
    let n = Double(values.count)
    var distance = 0.0
    var statistic = 1 / (12 * n)
    for (index, u) in values.sorted().enumerated() {
        let i = Double(index)
        distance = max(distance, max(u - i / n, (i + 1) / n - u))
        let gap = (2 * i + 1) / (2 * n) - u
        statistic += gap * gap
    }
    return UniformityTest(
        distance: distance,
        pValue: Kolmogorov(sampleSize: values.count).survival(distance),
        cramerVonMises: statistic
    )
}
