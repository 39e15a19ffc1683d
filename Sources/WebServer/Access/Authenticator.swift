import Evaluation
import Harness
import Postgres
import Synchronization

/// Finds out who asks.
///
/// A token is looked up in the database once a second at most: what it may, and whether it is revoked, is
/// known that exactly.
final class Authenticator: Sendable {
    private let pool: PostgresPool
    private let isOpen: Bool
    private let wrongTokens: RateLimiter
    /// By the digests of the tokens, so that no token lies in memory.
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

    /// How long what is known of a token is taken for true.
    private static let trust: Duration = .seconds(1)
    /// Tokens that are remembered; more than any service has.
    private static let limit = 10_000
    /// No token is longer, so that nobody makes the service digest megabytes.
    private static let longest = 200

    init(pool: PostgresPool, isOpen: Bool, limits: ServerLimits) {
        self.pool = pool
        self.isOpen = isOpen
        wrongTokens = RateLimiter(perSecond: limits.wrongTokensPerSecond)
    }

    /// - Parameter header: The field `Authorization` of the request.
    /// - Returns: Who asks.
    /// - Throws: `Problem` where no token is given, or none that is good.
    func identity(authorization header: String?) async throws -> Identity {
        guard let header else {
            if isOpen { return .anybody }
            throw Problem(
                .unauthorized,
                "Send the field Authorization: Bearer gnm_…, with a token made by: gnomon token create"
            )
        }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            parts[1].utf8.count <= Self.longest
        else {
            throw Problem(
                .unauthorized,
                "The field Authorization must be the word Bearer, a space and a token."
            )
        }
        return try await identity(token: String(parts[1]))
    }

    /// - Parameter text: What somebody sent as a token.
    /// - Returns: Who that is.
    /// - Throws: `Problem` where it is no token, or is expired or revoked: the answer does not tell which.
    func identity(token text: String) async throws -> Identity {
        let now = ContinuousClock.now
        let digest = NewToken.digest(of: text)
        let remembered = known.withLock { $0[digest] }
        if let remembered, now - remembered.checkedAt < Self.trust, remembered.isGood(at: now) {
            return remembered.identity
        }
        guard let (token, present) = try await FindToken(pool: pool).run(text),
            token.isGood(at: present)
        else {
            known.withLock { $0[digest] = nil }
            try wrongTokens.take("")
            throw Problem(
                .unauthorized,
                "The token is not known, or expired, or revoked. Ask whoever gave it for a new one."
            )
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

    /// Looks every token up again when it is used next, because one was revoked.
    func forget() { known.withLock { $0.removeAll() } }
}
