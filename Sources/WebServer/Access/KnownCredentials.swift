import Evaluation
import Harness
import Synchronization

/// Secrets of one kind, and whose they were a moment ago.
final class KnownCredentials: Sendable {
    typealias Finder = @Sendable (String) async throws -> (token: AccessToken, present: Instant)?

    private let wrong: RateLimiter
    private let new: RateLimiter
    private let find: Finder
    /// By the digests of the secrets, so that none lies in memory.
    private let known = Mutex<[[UInt8]: Known]>([:])
    /// When secrets that are nobody's were looked up, by their digests.
    private let refused = Mutex<[[UInt8]: ContinuousClock.Instant]>([:])
    /// First look-ups that are under way, by digest: who sends the same secret meanwhile waits for the answer.
    private let underWay = Mutex<[[UInt8]: Task<Identity?, any Error>]>([:])

    private struct Known {
        var identity: Identity
        var expiresAt: Instant?
        var present: Instant
        var checkedAt: ContinuousClock.Instant

        func isGood(at now: ContinuousClock.Instant) -> Bool {
            guard let expiresAt else { return true }
            let passed = (now - checkedAt).components
            let microseconds = passed.seconds * 1_000_000 + passed.attoseconds / 1_000_000_000_000
            return present.microseconds + microseconds < expiresAt.microseconds
        }
    }

    /// How long what is known of a secret is taken for true.
    private static let trust: Duration = .seconds(1)
    /// Secrets that are remembered, and as many that are nobody's; more than any service has.
    private static let limit = 10_000
    private static let everybody = "everybody"

    /// - Parameters:
    ///   - wrong: Holds back a client that sends what is nobody's.
    ///   - new: Holds back all together who send what was never seen.
    ///   - find: Looks a secret up.
    init(wrong: RateLimiter, new: RateLimiter, find: @escaping Finder) {
        self.wrong = wrong
        self.new = new
        self.find = find
    }

    /// Finds out whose a secret is.
    ///
    /// What was never seen costs the one who sends it, before the database is asked; where it is good after all,
    /// the cost is given back. Many connections that begin with the same secret cost as one.
    ///
    /// - Parameters:
    ///   - secret: What somebody sent.
    ///   - address: From where.
    /// - Returns: Whose it is; `nil` where it is nobody's, or not good any more.
    /// - Throws: `Problem` where too many wrong ones came.
    func identity(_ secret: String, from address: ClientAddress) async throws -> Identity? {
        let now = ContinuousClock.now
        let digest = Secret.digest(of: secret)
        let remembered = known.withLock { $0[digest] }
        if let remembered {
            if now - remembered.checkedAt < Self.trust, remembered.isGood(at: now) {
                return remembered.identity
            }
            return try await lookUp(secret, digest, now)
        }
        let (first, isOwn) = underWay.withLock { underWay in
            if let first = underWay[digest] { return (first, false) }
            let first = Task {
                defer { self.underWay.withLock { $0[digest] = nil } }
                return try await self.lookUpFirst(secret, digest, now, from: address)
            }
            underWay[digest] = first
            return (first, true)
        }
        let identity = try await first.value
        if identity == nil, !isOwn { try wrong.take(address.name) }
        return identity
    }

    /// Looks up what was never seen, or is remembered for wrong.
    private func lookUpFirst(
        _ secret: String,
        _ digest: [UInt8],
        _ now: ContinuousClock.Instant,
        from address: ClientAddress
    ) async throws -> Identity? {
        try wrong.take(address.name)
        if let at = refused.withLock({ $0[digest] }), now - at < Self.trust { return nil }
        try new.take(Self.everybody)
        let identity: Identity?
        do {
            identity = try await lookUp(secret, digest, now)
        } catch {
            wrong.giveBack(address.name)
            throw error
        }
        if identity != nil {
            wrong.giveBack(address.name)
            new.giveBack(Self.everybody)
        }
        return identity
    }

    private func lookUp(
        _ secret: String,
        _ digest: [UInt8],
        _ now: ContinuousClock.Instant
    ) async throws -> Identity? {
        guard let (token, present) = try await find(secret), token.isGood(at: present) else {
            known.withLock { $0[digest] = nil }
            refused.withLock { refused in
                if refused.count >= Self.limit { refused.removeAll() }
                refused[digest] = now
            }
            return nil
        }
        let identity = Identity(token)
        known.withLock { known in
            if known.count >= Self.limit { known.removeAll() }
            known[digest] = Known(
                identity: identity,
                expiresAt: token.expiresAt,
                present: present,
                checkedAt: now
            )
        }
        return identity
    }

    /// Looks every secret up again when it is used next.
    func forget() {
        known.withLock { $0.removeAll() }
        refused.withLock { $0.removeAll() }
        underWay.withLock { $0.removeAll() }
    }
}
