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
    /// Who waits for the first look-up of a secret, by its digest: those that send it meanwhile.
    private let underWay = Mutex<[[UInt8]: [CheckedContinuation<Bool, Never>]]>([:])

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
        let digest = Secret.digest(of: secret)
        while true {
            let now = ContinuousClock.now
            if let remembered = known.withLock({ $0[digest] }) {
                if now - remembered.checkedAt < Self.trust, remembered.isGood(at: now) {
                    return remembered.identity
                }
                return try await lookUp(secret, digest, now)
            }
            if let at = refused.withLock({ $0[digest] }), now - at < Self.trust {
                try wrong.take(address.name)
                return nil
            }
            guard await isFirst(digest) else { continue }
            defer { end(digest) }
            return try await lookUpFirst(secret, digest, now, from: address)
        }
    }

    /// Waits, where the secret is being looked up for somebody else.
    private func isFirst(_ digest: [UInt8]) async -> Bool {
        await withCheckedContinuation { continuation in
            let isFirst = underWay.withLock { underWay in
                guard let waiting = underWay[digest] else {
                    underWay[digest] = []
                    return true
                }
                underWay[digest] = waiting + [continuation]
                return false
            }
            if isFirst { continuation.resume(returning: true) }
        }
    }

    private func end(_ digest: [UInt8]) {
        let waiting = underWay.withLock { $0.removeValue(forKey: digest) } ?? []
        for continuation in waiting { continuation.resume(returning: false) }
    }

    /// Looks up what was never seen.
    private func lookUpFirst(
        _ secret: String,
        _ digest: [UInt8],
        _ now: ContinuousClock.Instant,
        from address: ClientAddress
    ) async throws -> Identity? {
        try wrong.take(address.name)
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
    }
}
