/// What is known of a token; the token itself is known to its bearer alone.
package struct AccessToken: Sendable, Equatable {
    package var id: Int32
    package var name: Name
    package var scopes: Set<AccessScope>
    /// The tasks it is good for; `nil` for all.
    package var tasks: Set<Name>?
    package var createdAt: Instant
    package var expiresAt: Instant?
    /// Exact to about a minute.
    package var lastUsedAt: Instant?
    package var revokedAt: Instant?

    package init(
        id: Int32,
        name: Name,
        scopes: Set<AccessScope>,
        tasks: Set<Name>?,
        createdAt: Instant,
        expiresAt: Instant? = nil,
        lastUsedAt: Instant? = nil,
        revokedAt: Instant? = nil
    ) {
        self.id = id
        self.name = name
        self.scopes = scopes
        self.tasks = tasks
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
    }

    /// Whether it opens anything at all.
    package func isGood(at present: Instant) -> Bool {
        revokedAt == nil && expiresAt.map { present < $0 } ?? true
    }

    /// Whether it is good for a task; for what is about no task in particular it is.
    package func covers(task: Name?) -> Bool {
        guard let tasks, let task else { return true }
        return tasks.contains(task)
    }
}
