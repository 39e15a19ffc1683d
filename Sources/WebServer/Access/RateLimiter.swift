import Synchronization

/// Lets so many requests a second pass for each name, and as many at once.
final class RateLimiter: Sendable {
    private let perSecond: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    private struct Bucket {
        var tokens: Double
        var filledAt: ContinuousClock.Instant
    }

    /// Names that are remembered; those of full buckets are forgotten first.
    private static let limit = 10_000

    init(perSecond: Int) {
        self.perSecond = Double(perSecond)
    }

    /// - Parameter name: Whose request it is.
    /// - Throws: `Problem` with the time after which there is room again.
    func take(_ name: String) throws {
        let now = ContinuousClock.now
        let wait: Double = buckets.withLock { buckets in
            if buckets.count >= Self.limit {
                buckets = buckets.filter { filled($0.value, now) < perSecond }
            }
            let bucket = buckets[name] ?? Bucket(tokens: perSecond, filledAt: now)
            let tokens = filled(bucket, now)
            guard tokens >= 1 else { return (1 - tokens) / perSecond }
            buckets[name] = Bucket(tokens: tokens - 1, filledAt: now)
            return 0
        }
        guard wait > 0 else { return }
        throw Problem(
            .tooManyRequests,
            "More than \(Int(perSecond)) requests a second came; send several rows in one request.",
            retryAfter: Int(wait.rounded(.up))
        )
    }

    private func filled(_ bucket: Bucket, _ now: ContinuousClock.Instant) -> Double {
        let seconds = (now - bucket.filledAt) / .seconds(1)
        return min(perSecond, bucket.tokens + seconds * perSecond)
    }
}
