import Evaluation
import Harness
import Synchronization

/// Secrets of one kind, and whose they were a moment ago.
final class KnownCredentials: Sendable {
    typealias Finder = @Sendable (String) async throws -> (token: AccessToken, present: Instant)?

    private let wrong: RateLimiter
    private let find: Finder
    /// By the digests of the secrets, so that none lies in memory.
    private let known = Mutex<[[UInt8]: Known]>([:])

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
    /// Secrets that are remembered; more than any service has.
    private static let limit = 10_000

    /// - Parameters:
    ///   - wrong: Counts what is not known.
    ///   - find: Looks a secret up.
    init(wrong: RateLimiter, find: @escaping Finder) {
        self.wrong = wrong
        self.find = find
    }

    /// - Parameter secret: What somebody sent.
    /// - Returns: Whose it is; `nil` where it is nobody's, or not good any more.
    /// - Throws: `Problem` where too many wrong ones came.
    func identity(_ secret: String) async throws -> Identity? {
        let now = ContinuousClock.now
        let digest = Secret.digest(of: secret)
        let remembered = known.withLock { $0[digest] }
        if let remembered, now - remembered.checkedAt < Self.trust, remembered.isGood(at: now) {
            return remembered.identity
        }
        guard let (token, present) = try await find(secret), token.isGood(at: present) else {
            known.withLock { $0[digest] = nil }
            try wrong.take("")
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
    func forget() { known.withLock { $0.removeAll() } }
}
