import Evaluation
import Harness
import Postgres
import Synchronization

/// Finds out who asks.
///
/// A token is looked up in the database once a second at most: what it may, and whether it is revoked, is
/// known that exactly. So is the session of a login.
final class Authenticator: Sendable {
    let isOpen: Bool
    private let tokens: KnownCredentials
    private let sessions: KnownCredentials

    /// No token is longer, so that nobody makes the service digest megabytes.
    private static let longest = 200

    init(pool: PostgresPool, isOpen: Bool, limits: ServerLimits) {
        self.isOpen = isOpen
        let advice = "those with a token that is not known have to wait"
        let wrong = RateLimiter(perSecond: limits.wrongTokensPerSecond, advice: advice)
        let new = RateLimiter(perSecond: limits.newTokensPerSecond, advice: advice)
        tokens = KnownCredentials(wrong: wrong, new: new) {
            try await FindToken(pool: pool).run($0)
        }
        sessions = KnownCredentials(wrong: wrong, new: new) {
            try await FindSession(pool: pool).run($0)
        }
    }

    /// - Parameters:
    ///   - header: The field `Authorization` of the request.
    ///   - address: From where it comes.
    /// - Returns: Who asks.
    /// - Throws: `Problem` where no token is given, or none that is good.
    func identity(
        authorization header: String?,
        from address: ClientAddress
    ) async throws -> Identity {
        guard let header else {
            if isOpen { return .anybody }
            throw Problem(
                .unauthorized,
                "Send the field Authorization: Bearer gnm_…, with a token made by: gnomon token create"
            )
        }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw Problem(
                .unauthorized,
                "The field Authorization must be the word Bearer, a space and a token."
            )
        }
        return try await identity(token: String(parts[1]), from: address)
    }

    /// - Parameters:
    ///   - text: What somebody sent as a token.
    ///   - address: From where.
    /// - Returns: Who that is.
    /// - Throws: `Problem` where it is no token, or is expired or revoked: the answer does not tell which.
    func identity(token text: String, from address: ClientAddress) async throws -> Identity {
        guard text.utf8.count <= Self.longest,
            let identity = try await tokens.identity(text, from: address)
        else {
            throw Problem(
                .unauthorized,
                "The token is not known, or expired, or revoked. Ask whoever gave it for a new one."
            )
        }
        return identity
    }

    /// - Parameters:
    ///   - secret: What a browser keeps of a login.
    ///   - address: From where it comes.
    /// - Returns: Whose login it is.
    /// - Throws: `Problem` where the login has come to its end, or its token has.
    func identity(session secret: String, from address: ClientAddress) async throws -> Identity {
        guard secret.utf8.count <= Self.longest,
            let identity = try await sessions.identity(secret, from: address)
        else { throw Problem(.unauthorized, "The login has come to its end. Log in again.") }
        return identity
    }

    /// Looks everything up again when it is used next, because a token was revoked or a session ended.
    func forget() {
        tokens.forget()
        sessions.forget()
    }
}
