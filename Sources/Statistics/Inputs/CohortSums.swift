/// Row counts n_d and sums S_d of a quantity by cohort (or other block), in event order.
///
/// It is all that a mean with a block standard error and an anytime-valid sequence of the mean need.
public struct CohortSums: Sendable, Hashable {
    /// The number of rows (or the sum of weights) of each cohort, each above 0.
    public let counts: [Double]
    /// The sum of the quantity over the rows of each cohort.
    public let sums: [Double]

    /// Checks and keeps counts and sums.
    ///
    /// - Parameters:
    ///   - counts: n_d > 0; leave out cohorts without rows.
    ///   - sums: S_d, as many as there are counts.
    /// - Throws: ``StatisticsError/lengthsDiffer(name:count:otherName:otherCount:)`` for unequal
    ///   lengths, ``StatisticsError/notPositive(name:element:value:)`` for a count that is not above
    ///   0 and ``StatisticsError/notFinite(name:element:value:)`` for a sum that is not finite.
    public init(counts: [Double], sums: [Double]) throws(StatisticsError) {
        try Checks.sameCount("counts", counts.count, "sums", sums.count)
        try Checks.positive("counts", counts)
        try Checks.finite("sums", sums)
        self.counts = counts
        self.sums = sums
    }

    /// The number of cohorts, D.
    public var count: Int { counts.count }
}
