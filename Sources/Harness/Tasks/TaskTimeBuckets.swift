package import Evaluation
import Ingest
import Synchronization

extension PredictionTask {
    /// The time buckets of the task.
    ///
    /// A zone's changes over centuries take milliseconds to look up, so they are looked up once.
    ///
    /// - Throws: `HarnessError.unknownTimeZone` where this machine has no such zone.
    package func timeBuckets() throws -> TimeBuckets {
        let key = BucketKey(timeZone: timeZone, size: bucketSize)
        if let known = knownBuckets.withLock({ $0[key] }) { return known }
        guard let zone = ZoneRules(named: timeZone) else {
            throw HarnessError.unknownTimeZone(timeZone)
        }
        let buckets = TimeBuckets(zone, size: bucketSize)
        knownBuckets.withLock { $0[key] = buckets }
        return buckets
    }
}

private struct BucketKey: Hashable {
    var timeZone: String
    var size: TimeBucketSize
}

/// There are no more of them than there are time zones.
private let knownBuckets = Mutex<[BucketKey: TimeBuckets]>([:])
