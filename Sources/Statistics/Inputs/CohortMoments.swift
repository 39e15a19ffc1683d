/// Row counts n_d, sums Σℓ and sums of squares Σℓ² of a quantity by cohort, in event order.
public struct CohortMoments: Sendable, Hashable {
    /// The counts and the sums.
    public let totals: CohortSums
    /// The sum of squares over the rows of each cohort.
    public let sumsOfSquares: [Double]

    /// Checks and keeps counts, sums and sums of squares.
    ///
    /// - Parameters:
    ///   - counts: n_d > 0; leave out cohorts without rows.
    ///   - sums: Σℓ by cohort.
    ///   - sumsOfSquares: Σℓ² by cohort, not negative.
    /// - Throws: ``StatisticsError`` for unequal lengths, a count that is not above 0, a sum that is
    ///   not finite, or a sum of squares that is negative or not finite.
    public init(
        counts: [Double],
        sums: [Double],
        sumsOfSquares: [Double]
    ) throws(StatisticsError) {
        totals = try CohortSums(counts: counts, sums: sums)
        try Checks.sameCount("counts", counts.count, "sumsOfSquares", sumsOfSquares.count)
        try Checks.nonnegative("sumsOfSquares", sumsOfSquares)
        self.sumsOfSquares = sumsOfSquares
    }

    /// The number of cohorts, D.
    public var count: Int { totals.count }
}
