/// The rows of an upload that were in time for cohorts which had matured when it came, by cohort.
///
/// A row is in time for a cohort where it says of itself that it was known by the cohort's age. Rows that are known from
/// their upload on are never in time for what had matured before.
package struct InTimeRows: Sendable {
    private let buckets: TimeBuckets
    private let ages: [Int64]
    private let toldAt: Instant
    private var noted: [Int32: Cohorts] = [:]

    /// Those of one time bucket.
    fileprivate struct Cohorts: Sendable {
        /// When each had its age.
        var matured: [(age: Int64, at: Instant)]
        var rows: [Int64]
    }

    /// `ages` are those of the ledger, `toldAt` is the instant of the gate under which the upload came.
    package init(ages: Set<Int64>, buckets: TimeBuckets, toldAt: Instant) {
        self.buckets = buckets
        self.ages = ages.sorted()
        self.toldAt = toldAt
    }

    /// How many there were.
    package var rows: [CohortKey: Int64] {
        var rows: [CohortKey: Int64] = [:]
        for (bucket, cohorts) in noted {
            for (cohort, count) in zip(cohorts.matured, cohorts.rows) where count > 0 {
                rows[CohortKey(bucket: bucket, age: cohort.age)] = count
            }
        }
        return rows
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
        var last: Int32?
        for instant in predictedAt {
            let number = buckets.number(of: instant)
            // The predictions of a request are mostly made at once.
            if number == last { continue }
            last = number
            if noted[number] == nil { noted[number] = cohorts(number) }
            noted[number]?.add(count, knownAt: knownAt)
        }
    }

    private func cohorts(_ number: Int32) -> Cohorts {
        let matured = ages.map { age in
            (age: age, at: CohortKey(bucket: number, age: age).instant(in: buckets))
        }.filter { $0.at <= toldAt }
        return Cohorts(matured: matured, rows: matured.map { _ in 0 })
    }
}

extension InTimeRows.Cohorts {
    fileprivate mutating func add(_ count: Int64, knownAt: Instant) {
        for index in matured.indices where knownAt <= matured[index].at { rows[index] += count }
    }
}
