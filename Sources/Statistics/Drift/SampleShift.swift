import RealModule

/// Two samples of a number, compared without bins, at one fixed look.
public struct SampleShift: Sendable, Hashable {
    /// The Kolmogorov–Smirnov distance max|F − G|, from 0 to 1.
    public let distance: Double
    /// The p-value of the distance, asymptotic in nm/(n + m).
    public let pValue: Double
    /// Wasserstein's distance ∫|F − G|, in the unit of the values: the mean distance moved.
    public let wasserstein: Double
    /// The energy distance √(2∫(F − G)²), in the square root of that unit.
    public let energy: Double
    /// The two-sample Cramér–von Mises statistic, with midranks for ties.
    public let cramerVonMises: Double

    /// Compares two samples.
    ///
    /// - Parameters:
    ///   - reference: n ≥ 1 finite values.
    ///   - current: m ≥ 1 finite values.
    /// - Throws: ``StatisticsError`` for an empty sample and values that are not finite.
    /// - Complexity: O((n + m) log(n + m)).
    ///
    /// ## Source
    ///
    /// Checked against SciPy 1.17.1 `ks_2samp(method="asymp")`, `wasserstein_distance`,
    /// `energy_distance`, `cramervonmises_2samp`: `fixtures/statistics/11_drift`.
    public init(reference: [Double], current: [Double]) throws(StatisticsError) {
        try Checks.notEmpty("reference", reference.count)
        try Checks.notEmpty("current", current.count)
        try Checks.finite("reference", reference)
        try Checks.finite("current", current)
        let (a, b) = (reference.sorted(), current.sorted())
        let (n, m) = (Double(a.count), Double(b.count))
        var (i, j) = (0, 0)
        var (largest, moved, squared, mises) = (0.0, 0.0, 0.0, 0.0)
        while i < a.count || j < b.count {
            let x = i < a.count ? (j < b.count ? min(a[i], b[j]) : a[i]) : b[j]
            let (before, other) = (i, j)
            while i < a.count, a[i] == x { i += 1 }
            while j < b.count, b[j] == x { j += 1 }
            let gap = Double(i) / n - Double(j) / m
            largest = max(largest, abs(gap))
            // Equal values share the mean of their ranks among both samples.
            let rank = Double(before + other) + 0.5 * Double(i - before + j - other + 1)
            for index in before..<i {
                mises += n * (rank - Double(index + 1)) * (rank - Double(index + 1))
            }
            for index in other..<j {
                mises += m * (rank - Double(index + 1)) * (rank - Double(index + 1))
            }
            let next: Double? =
                i < a.count ? (j < b.count ? min(a[i], b[j]) : a[i]) : (j < b.count ? b[j] : nil)
            if let next {
                moved += abs(gap) * (next - x)
                squared += gap * gap * (next - x)
            }
        }
        distance = largest
        wasserstein = min(moved, .greatestFiniteMagnitude)
        energy = Double.sqrt(min(2 * squared, .greatestFiniteMagnitude))
        cramerVonMises = max(0, mises / (n * m * (n + m)) - (4 * n * m - 1) / (6 * (n + m)))
        pValue = twoSamplePValue(distance: largest, count: a.count, otherCount: b.count)
    }
}

/// The p-value of a two-sample distance, as that of one sample of nm/(n + m) values, rounded.
func twoSamplePValue(distance: Double, count: Int, otherCount: Int) -> Double {
    let (n, m) = (Double(count), Double(otherCount))
    let size = max(1, (n / (n + m) * m).rounded(.toNearestOrEven))
    return Kolmogorov(sampleSize: Int(size)).survival(distance)
}
