/// Row counts and sums of a quantity by cohort and by group of entities, cohorts in event order.
///
/// Groups are the same for all cohorts: an entity's rows always fall into its own group.
public struct ClusteredCohortSums: Sendable, Hashable {
    /// G, the number of groups; some may be empty.
    public let groupCount: Int
    /// n_dg for each cohort, `groupCount` of them; 0 where the group has no rows in the cohort.
    public let counts: [[Double]]
    /// S_dg for each cohort.
    public let sums: [[Double]]

    /// Checks and keeps counts and sums.
    ///
    /// - Parameters:
    ///   - counts: n_dg ≥ 0, as many for each cohort, at least one of them above 0; leave out cohorts
    ///     without rows.
    ///   - sums: S_dg, as many as there are counts; 0 where there are no rows.
    /// - Throws: ``StatisticsError/lengthsDiffer(name:count:otherName:otherCount:)`` for unequal
    ///   lengths, ``StatisticsError/negative(name:element:value:)`` for a count below 0,
    ///   ``StatisticsError/notPositive(name:element:value:)`` for a cohort without rows,
    ///   ``StatisticsError/notFinite(name:element:value:)`` for a sum that is not finite and
    ///   ``StatisticsError/outOfRange(name:value:allowed:)`` for a sum without rows.
    public init(counts: [[Double]], sums: [[Double]]) throws(StatisticsError) {
        try Checks.sameCount("counts", counts.count, "sums", sums.count)
        groupCount = counts.first?.count ?? 0
        for (n, s) in zip(counts, sums) {
            try Checks.sameCount("counts", n.count, "groups", groupCount)
            try Checks.sameCount("sums", s.count, "groups", groupCount)
            try Checks.nonnegative("counts", n)
            try Checks.finite("sums", s)
            try Checks.positive("rows", [n.reduce(0, +)])
            for (rows, sum) in zip(n, s) where rows == 0 && sum != 0 {
                throw .outOfRange(name: "sum of no rows", value: sum, allowed: "0")
            }
        }
        self.counts = counts
        self.sums = sums
    }

    /// The number of cohorts, D.
    public var count: Int { counts.count }
}
