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
        let wrong = RateLimiter(perSecond: limits.wrongTokensPerSecond)
        tokens = KnownCredentials(wrong: wrong) { try await FindToken(pool: pool).run($0) }
        sessions = KnownCredentials(wrong: wrong) { try await FindSession(pool: pool).run($0) }
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
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
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
        guard text.utf8.count <= Self.longest, let identity = try await tokens.identity(text) else {
            throw Problem(
                .unauthorized,
                "The token is not known, or expired, or revoked. Ask whoever gave it for a new one."
            )
        }
        return identity
    }

    /// - Parameter secret: What a browser keeps of a login.
    /// - Returns: Whose login it is.
    /// - Throws: `Problem` where the login has come to its end, or its token has.
    func identity(session secret: String) async throws -> Identity {
        guard secret.utf8.count <= Self.longest, let identity = try await sessions.identity(secret)
        else { throw Problem(.unauthorized, "The login has come to its end. Log in again.") }
        return identity
    }

    /// Looks everything up again when it is used next, because a token was revoked or a session ended.
    func forget() {
        tokens.forget()
        sessions.forget()
    }
}
