/// Requests of a time bucket that were deleted for good at once: sums of them are kept, and no rows.
package struct ForgottenRequests: Sendable, Hashable {
    package var bucketStart: Instant
    /// The number of the deletion in the task.
    package var chunk: Int32
    /// At least 1; a request that was told at times in several buckets counts in each.
    package var count: Int64
    /// As of an earlier instant nothing was known of them.
    package var knownFrom: Instant
    /// As of this instant and later what counted of them is what the sums say.
    package var knownUntil: Instant
    package var forgottenAt: Instant
    /// Whether only labels were told; the time bucket is that of their observation.
    package var isOrphan: Bool

    package init(
        bucketStart: Instant,
        chunk: Int32,
        count: Int64,
        knownFrom: Instant,
        knownUntil: Instant,
        forgottenAt: Instant,
        isOrphan: Bool
    ) {
        self.bucketStart = bucketStart
        self.chunk = chunk
        self.count = count
        self.knownFrom = knownFrom
        self.knownUntil = knownUntil
        self.forgottenAt = forgottenAt
        self.isOrphan = isOrphan
    }
}

extension Sequence<ForgottenRequests> {
    package var total: Int64 { reduce(0) { $0 + $1.count } }
}
