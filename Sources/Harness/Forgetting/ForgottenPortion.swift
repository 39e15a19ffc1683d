import Evaluation

/// For which forgotten requests of an interval their sums stand, and which are missing.
struct ForgottenPortion {
    /// Known at the instant, and no sums are those of the instant.
    private(set) var missing: Set<ForgottenRequests> = []
    /// How often the sums are to be added: −1 where they are among what was added already, and not of the instant.
    private var signs: [Place: Int64] = [:]

    private struct Place: Hashable {
        var chunk: Int32
        var bucket: Int32
    }

    /// - Parameters:
    ///   - requests: Of the time buckets that the interval touches.
    ///   - interval: That is asked about.
    ///   - instant: That is asked about.
    ///   - isExact: Whether no sums may stand for rows.
    ///   - storedUntil: Up to where the time buckets begin whose stored cells have been added.
    ///   - buckets: Of the task.
    init(
        _ requests: [ForgottenRequests],
        of interval: Window,
        asOf instant: Instant,
        isExact: Bool,
        storedUntil: Instant,
        buckets: TimeBuckets
    ) {
        for request in requests {
            let bucket = buckets.number(of: request.bucketStart)
            let isWhole =
                interval.contains(request.bucketStart)
                && buckets.end(ofNumber: bucket) <= interval.upperBound
            let isTold = isWhole && !isExact && request.knownUntil <= instant
            if !isTold, request.knownFrom <= instant { missing.insert(request) }
            let isAdded = request.bucketStart < storedUntil
            guard isTold != isAdded else { continue }
            signs[Place(chunk: request.chunk, bucket: bucket)] = isTold ? 1 : -1
        }
    }

    /// Whether no sums are to be added.
    var isNone: Bool { signs.isEmpty }

    func sign(ofChunk chunk: Int32, bucket: Int32) -> Int64 {
        signs[Place(chunk: chunk, bucket: bucket)] ?? 0
    }
}
