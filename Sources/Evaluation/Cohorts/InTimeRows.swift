/// The rows of an upload that were in time for cohorts which had matured when it came, by cohort.
///
/// A row is in time for a cohort where it says of itself that it was known by the cohort's age. Rows that are known from
/// their upload on are never in time for what had matured before.
package struct InTimeRows: Sendable {
    private let buckets: TimeBuckets
    private let ages: [Int64]
    private let toldAt: Instant
    package private(set) var rows: [CohortKey: Int64] = [:]

    /// `toldAt` is the instant of the gate under which the upload came.
    package init(task: PredictionTask, buckets: TimeBuckets, toldAt: Instant) {
        self.buckets = buckets
        ages = task.cohortAges
        self.toldAt = toldAt
    }

    /// Notes rows about a request.
    ///
    /// - Parameters:
    ///   - knownAt: When they were known.
    ///   - predictedAt: When the predictions of the request were made.
    ///   - count: How many rows.
    package mutating func note(
        knownAt: Instant,
        predictedAt: some Sequence<Instant>,
        count: Int64 = 1
    ) {
        guard knownAt < toldAt else { return }
        var noted: Int32?
        for instant in predictedAt {
            let number = buckets.number(of: instant)
            // The predictions of a request are mostly made at once.
            if number == noted { continue }
            noted = number
            for age in ages {
                let key = CohortKey(bucket: number, age: age)
                let maturity = key.instant(in: buckets)
                if knownAt <= maturity, maturity <= toldAt { rows[key, default: 0] += count }
            }
        }
    }
}
