import RealModule

/// How much more the daily means of a loss scatter than independent rows would: φ, the ANOVA F ratio.
///
///     φ = MSB/MSW     MSB = Σ n_d(ȳ_d − ȳ)²/(D − 1)     MSW = Σ(Σℓ² − S_d²/n_d)/Σ(n_d − 1)
///     φ_up = φ (D − 1)/χ²_{0.10, D−1}
///
/// φ = 1 in expectation when rows are independent; φ_up is an upper limit that covers the noise of the
/// estimate itself.
public struct OverdispersionFactor: Sendable, Hashable {
    /// MSB, the mean square between cohorts; `nil` with fewer than two cohorts.
    public let meanSquareBetween: Double?
    /// MSW, the mean square within cohorts; `nil` when no cohort has two rows.
    public let meanSquareWithin: Double?
    /// φ; 1 when it cannot be estimated.
    public let factor: Double
    /// φ_up, an upper limit of φ; 1 when φ cannot be estimated.
    public let upperLimit: Double

    /// max(1, φ_up): what the detector is tempered by.
    public var tempering: Double { max(1, upperLimit) }

    /// Estimates the factor from the moments of the baseline cohorts.
    ///
    /// - Parameter cohorts: Counts, sums and sums of squares by cohort.
    ///
    /// ## Edge cases
    ///
    /// - Fewer than two cohorts, or no cohort with two rows: φ = φ_up = 1.
    /// - No scatter within cohorts at all but some between them: rows of a cohort are copies of each
    ///   other, and φ is the mean cohort size, the most that clustering can inflate a variance.
    ///
    /// ## Source
    ///
    /// Own use of the one-way analysis of variance.
    /// Checked against `fixtures/statistics/07_recommended/expected_blocks.json`.
    public init(_ cohorts: CohortMoments) {
        let counts = cohorts.totals.counts
        let sums = cohorts.totals.sums
        var (rows, total) = (0.0, 0.0)
        for (n, sum) in zip(counts, sums) {
            rows += n
            total += sum
        }
        let mean = total / rows
        var (between, within, freedom) = (0.0, 0.0, 0.0)
        var squares = 0.0
        for index in counts.indices {
            let cohortMean = sums[index] / counts[index]
            between += counts[index] * (cohortMean - mean) * (cohortMean - mean)
            within += max(0, cohorts.sumsOfSquares[index] - sums[index] * cohortMean)
            squares += cohorts.sumsOfSquares[index]
            freedom += counts[index] - 1
        }
        // What rounding leaves of equal rows is no scatter.
        if within < 1e-13 * squares { within = 0 }
        if between < 1e-26 * squares { between = 0 }
        let degrees = Double(counts.count - 1)
        meanSquareBetween = degrees > 0 ? between / degrees : nil
        meanSquareWithin = freedom > 0 ? within / freedom : nil
        guard let msb = meanSquareBetween, let msw = meanSquareWithin else {
            factor = 1
            upperLimit = 1
            return
        }
        let most = rows / Double(counts.count)
        factor = msw > 0 ? msb / msw : (msb > 0 ? most : 1)
        upperLimit = factor * degrees / LowerDecile.ofChiSquared(degrees: counts.count - 1)
    }
}
