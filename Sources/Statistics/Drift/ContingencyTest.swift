import RealModule

/// The chi-squared test that two rows of counts have the same shares, at one fixed look.
public struct ContingencyTest: Sendable, Hashable {
    /// Pearson's statistic Σ(O − E)²/E.
    public let statistic: Double
    /// The likelihood ratio statistic 2ΣO ln(O/E).
    public let likelihoodRatio: Double
    /// The degrees of freedom: cells in use − 1.
    public let degreesOfFreedom: Int
    /// The p-value of Pearson's statistic.
    public let pValue: Double
    /// The p-value of the likelihood ratio statistic.
    public let likelihoodRatioPValue: Double
    /// Cramér's V, √(χ²/n), from 0 to 1: the effect size; below 0.1 is small.
    public let cramersV: Double

    /// Tests two rows of counts; the result is `nil` with an empty row or fewer than two cells in use.
    ///
    /// - Parameters:
    ///   - reference: The counts of one row, 0 or more.
    ///   - current: The counts of the other, by the same cells.
    ///   - leastExpected: Cells whose expected count is below this in either row are pooled into one;
    ///     5 is usual, 0 never pools.
    ///
    /// ## Edge cases
    ///
    /// - Cells that are empty in both rows are left out.
    ///
    /// ## Source
    ///
    /// Pearson, K. (1900). *Philosophical Magazine*, 50, 157–175.
    /// Checked against SciPy 1.17.1 `chi2_contingency`: `fixtures/statistics/11_drift`.
    public init?(_ reference: [Double], _ current: [Double], leastExpected: Double = 0) {
        precondition(reference.count == current.count, "The rows have the same cells.")
        let (n, m) = (reference.reduce(0, +), current.reduce(0, +))
        guard n > 0, m > 0 else { return nil }
        let all = n + m
        var cells: [(Double, Double)] = []
        var pooled = (0.0, 0.0)
        for (a, b) in zip(reference, current) where a + b > 0 {
            if min(n, m) * ((a + b) / all) < leastExpected {
                pooled = (pooled.0 + a, pooled.1 + b)
            } else {
                cells.append((a, b))
            }
        }
        if pooled.0 + pooled.1 > 0 { cells.append(pooled) }
        guard cells.count >= 2 else { return nil }
        var (pearson, ratio) = (0.0, 0.0)
        for (a, b) in cells {
            for (observed, total) in [(a, n), (b, m)] {
                let expected = total * ((a + b) / all)
                pearson += (observed - expected) * (observed - expected) / expected
                if observed > 0 { ratio += 2 * observed * Double.log(observed / expected) }
            }
        }
        statistic = pearson
        likelihoodRatio = max(0, ratio)
        degreesOfFreedom = cells.count - 1
        let distribution = ChiSquared(degreesOfFreedom: Double(cells.count - 1))
        pValue = distribution.survival(pearson)
        likelihoodRatioPValue = distribution.survival(max(0, ratio))
        cramersV = min(1, Double.sqrt(pearson / all))
    }
}
