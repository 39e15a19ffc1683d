package import Evaluation
package import Postgres
import Store

/// Makes a token.
package struct CreateToken: Sendable {
    package let pool: PostgresPool
    package let author: String

    package init(pool: PostgresPool, author: String = Author.commandLine) {
        self.pool = pool
        self.author = author
    }

    /// - Parameters:
    ///   - name: What lists and the audit log call it.
    ///   - scopes: What it lets its bearer do.
    ///   - tasks: The tasks it is good for; `nil` for all.
    ///   - lifetimeSeconds: How long it is good; `nil` for ever.
    /// - Returns: What is known of the token, and the token, which is stored nowhere.
    /// - Throws: `HarnessError.invalidSetting`; `StoreError.tokenExists`.
    package func run(
        name: Name,
        scopes: Set<AccessScope>,
        tasks: Set<Name>?,
        lifetimeSeconds: Int64?
    ) async throws -> (token: AccessToken, text: String) {
        try name.requireFit(as: "The token name")
        guard !scopes.isEmpty else {
            throw HarnessError.invalidSetting(
                name: "\(setting: "scopes")",
                value: "",
                allowed:
                    "one or more of \(AccessScope.allCases.map(\.rawValue).joined(separator: ", "))."
            )
        }
        let new = NewToken()
        return try await pool.withTransaction { connection in
            try await Self.check(tasks ?? [], connection)
            let now = try await connection.now()
            let token = try await TokenStore(connection).create(
                AccessToken(
                    id: 0,
                    name: name,
                    scopes: scopes,
                    tasks: tasks,
                    createdAt: now,
                    expiresAt: lifetimeSeconds.map { now.advanced(bySeconds: $0) }
                ),
                digest: NewToken.digest(of: new.text)
            )
            let places = tasks.map { $0.sorted().joined(separator: ", ") } ?? "all tasks"
            try await ChangeStore(connection).record(
                RecordedChange(
                    changedAt: now,
                    author: author,
                    action: "token.create",
                    task: "",
                    subject: "\(name): \(scopes.map(\.rawValue).sorted().joined(separator: ", ")) "
                        + "on \(places)"
                )
            )
            return (token, new.text)
        }
    }
}

extension CreateToken {
    /// Refuses tasks that there are not and cannot be; one that is to be created can have its token before.
    private static func check(_ tasks: Set<Name>, _ connection: PostgresConnection) async throws {
        guard !tasks.allSatisfy(TaskNameRule.allows) else { return }
        let known = Set(try await TaskStore(connection).all().map(\.name))
        for task in tasks.subtracting(known).sorted() where !TaskNameRule.allows(task) {
            throw HarnessError.invalidSetting(
                name: "\(setting: "tasks")",
                value: task.text,
                allowed: "there is no such task. A task's name is \(TaskNameRule.allowed)"
            )
        }
    }
}

/// Lists tokens, the newest first.
package struct ListTokens: Sendable {
    package let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    package func run() async throws -> [AccessToken] {
        try await pool.withConnection { try await TokenStore($0).all() }
    }
}

/// Makes a token good for nothing any more.
package struct RevokeToken: Sendable {
    package let pool: PostgresPool
    package let author: String

    package init(pool: PostgresPool, author: String = Author.commandLine) {
        self.pool = pool
        self.author = author
    }

    /// - Parameter name: Of a token; one that is revoked already stays so.
    /// - Returns: The token as it is then.
    /// - Throws: `StoreError.noSuchToken`.
    package func run(name: Name) async throws -> AccessToken {
        try await pool.withTransaction { connection in
            let store = TokenStore(connection)
            guard var token = try await store.token(named: name) else {
                throw StoreError.noSuchToken(name)
            }
            guard token.revokedAt == nil else { return token }
            let now = try await connection.now()
            try await store.revoke(token.id, at: now)
            try await ChangeStore(connection).record(
                RecordedChange(
                    changedAt: now,
                    author: author,
                    action: "token.revoke",
                    task: "",
                    subject: name.text
                )
            )
            token.revokedAt = now
            return token
        }
    }
}

/// Finds out whose a token is.
package struct FindToken: Sendable {
    package let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// - Parameter text: What somebody sent.
    /// - Returns: What is known of the token, good or not, with the present; `nil` for one that never was.
    /// - Throws: `PostgresError`.
    package func run(_ text: String) async throws -> (token: AccessToken, present: Instant)? {
        let digest = NewToken.digest(of: text)
        return try await pool.withConnection { connection in
            let store = TokenStore(connection)
            guard let found = try await store.token(digest: digest),
                Secret.areEqual(found.digest, digest)
            else { return nil }
            let now = try await connection.now()
            if found.token.isGood(at: now) { try await store.noteUse(of: found.token.id, at: now) }
            return (found.token, now)
        }
    }
}
