/// Where a cohort stands in the ledger: which time bucket, at which age, in which revision.
package struct LedgerPlace: Hashable, Sendable {
    package var bucketStart: Instant
    /// Seconds after the end of the time bucket.
    package var age: Int64
    /// 0 is the first; each later one has rows that came in time for it after an answer had used the one before.
    package var revision: Int32

    package init(bucketStart: Instant, age: Int64, revision: Int32 = 0) {
        self.bucketStart = bucketStart
        self.age = age
        self.revision = revision
    }
}
