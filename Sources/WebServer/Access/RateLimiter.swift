import Synchronization

/// Lets so many requests a second pass for each name, and as many at once.
final class RateLimiter: Sendable {
    private let perSecond: Double
    private let nameLimit: Int
    private let advice: String
    private let buckets = Mutex<[String: Bucket]>([:])

    private struct Bucket {
        var tokens: Double
        var filledAt: ContinuousClock.Instant
    }

    /// Stands for all names beyond those that are remembered.
    private static let others = ""

    /// - Parameters:
    ///   - perSecond: Of each name.
    ///   - nameLimit: Names that are remembered; those of full buckets are forgotten first, and if there are
    ///     none, the names beyond share a bucket.
    ///   - advice: What to do instead.
    init(
        perSecond: Int,
        nameLimit: Int = 10_000,
        advice: String = "send several rows in one request"
    ) {
        self.advice = advice
        self.perSecond = Double(perSecond)
        self.nameLimit = nameLimit
    }

    /// - Parameter name: Whose request it is.
    /// - Throws: `Problem` with the time after which there is room again.
    func take(_ name: String) throws {
        let now = ContinuousClock.now
        let wait: Double = buckets.withLock { buckets in
            let name = place(of: name, in: &buckets, now)
            let bucket = buckets[name] ?? Bucket(tokens: perSecond, filledAt: now)
            let tokens = filled(bucket, now)
            guard tokens >= 1 else { return (1 - tokens) / perSecond }
            buckets[name] = Bucket(tokens: tokens - 1, filledAt: now)
            return 0
        }
        guard wait > 0 else { return }
        throw Problem(
            .tooManyRequests,
            "More than \(Int(perSecond)) requests a second came; \(advice).",
            retryAfter: Int(wait.rounded(.up))
        )
    }

    /// Gives back what a request took that does not count after all.
    func giveBack(_ name: String) {
        let now = ContinuousClock.now
        buckets.withLock { buckets in
            guard let bucket = buckets[name] else { return }
            buckets[name] = Bucket(
                tokens: min(perSecond, filled(bucket, now) + 1),
                filledAt: now
            )
        }
    }

    /// The name whose bucket is used.
    private func place(
        of name: String,
        in buckets: inout [String: Bucket],
        _ now: ContinuousClock.Instant
    ) -> String {
        guard buckets[name] == nil, buckets.count >= nameLimit else { return name }
        // Looking at all of them is dear, and useless while those that came last are not full again.
        if let others = buckets[Self.others], now - others.filledAt < .seconds(1) {
            return Self.others
        }
        buckets = buckets.filter { filled($0.value, now) < perSecond }
        return buckets.count < nameLimit ? name : Self.others
    }

    private func filled(_ bucket: Bucket, _ now: ContinuousClock.Instant) -> Double {
        let seconds = (now - bucket.filledAt) / .seconds(1)
        return min(perSecond, bucket.tokens + seconds * perSecond)
    }
}
