package import Evaluation
package import Postgres
import Store

/// A login of a person: what the browser keeps instead of the token.
package struct NewSession: Sendable {
    package let secret: String
    package let lifetimeSeconds: Int64
}

/// Begins a session for whoever has shown a token.
package struct StartSession: Sendable {
    package let pool: PostgresPool

    /// How long a login lasts, if the token does not end before.
    package static let lifetimeSeconds: Int64 = 12 * 3_600
    /// Sessions of one token at once; the oldest end first.
    package static let limit = 100

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// - Parameter tokenID: Of a token that is good.
    /// - Returns: The session, or `nil` where the token has just come to its end.
    /// - Throws: `PostgresError`.
    package func run(tokenID: Int32) async throws -> NewSession? {
        let secret = Secret.random()
        return try await pool.withTransaction { connection in
            let now = try await connection.now()
            guard let token = try await TokenStore(connection).token(id: tokenID),
                token.isGood(at: now)
            else { return nil }
            let latest = now.advanced(bySeconds: Self.lifetimeSeconds)
            let end = min(latest, token.expiresAt ?? latest)
            let sessions = SessionStore(connection)
            try await sessions.create(
                digest: Secret.digest(of: secret),
                tokenID: tokenID,
                at: now,
                expiresAt: end
            )
            try await sessions.removeOldest(tokenID: tokenID, keeping: Self.limit)
            let seconds = end.secondsRoundedDown - now.secondsRoundedDown
            return NewSession(secret: secret, lifetimeSeconds: max(1, seconds))
        }
    }
}

/// Finds out whose a session is.
package struct FindSession: Sendable {
    package let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// - Parameter secret: What a browser sent.
    /// - Returns: The token of the session, which ends when the session does, and the present; `nil` for one that never was
    ///   or was ended.
    /// - Throws: `PostgresError`.
    package func run(_ secret: String) async throws -> (token: AccessToken, present: Instant)? {
        let digest = Secret.digest(of: secret)
        return try await pool.withConnection { connection in
            guard let session = try await SessionStore(connection).session(digest: digest),
                Secret.areEqual(session.digest, digest)
            else { return nil }
            let store = TokenStore(connection)
            guard var token = try await store.token(id: session.tokenID) else { return nil }
            let now = try await connection.now()
            token.expiresAt = min(session.expiresAt, token.expiresAt ?? session.expiresAt)
            if token.isGood(at: now) { try await store.noteUse(of: token.id, at: now) }
            return (token, now)
        }
    }
}

/// Ends a session, so that what the browser keeps opens nothing any more.
package struct EndSession: Sendable {
    package let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    package func run(_ secret: String) async throws {
        try await pool.withConnection {
            try await SessionStore($0).remove(digest: Secret.digest(of: secret))
        }
    }
}

/// Removes sessions that have come to their end.
package struct ForgetSessions: Sendable {
    package let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    @discardableResult
    package func run() async throws -> Int {
        try await pool.withConnection { connection in
            let now = try await connection.now()
            return try await SessionStore(connection).removeExpired(by: now)
        }
    }
}
