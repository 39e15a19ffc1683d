extension PredictionTask {
    /// The ages at which a cohort is frozen, in seconds after the end of its time bucket, ascending; the last
    /// is the label horizon, at which it is mature.
    ///
    /// Young cohorts are held against young baselines: what is known of a request after three days is another
    /// thing than what is known after sixty, and only the same age may be compared.
    package var cohortAges: [Int64] {
        [3 * 86_400, 7 * 86_400].filter { $0 < horizonSeconds } + [horizonSeconds]
    }
}

/// A time bucket at an age: what is frozen once.
package struct CohortKey: Hashable, Sendable {
    /// The number of the time bucket.
    package var bucket: Int32
    /// Seconds after the end of the bucket.
    package var age: Int64

    package init(bucket: Int32, age: Int64) {
        self.bucket = bucket
        self.age = age
    }

    /// The instant at which the cohort has this age.
    package func instant(in buckets: TimeBuckets) -> Instant {
        buckets.end(ofNumber: bucket).advanced(bySeconds: age)
    }
}
