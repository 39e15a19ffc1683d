package import Evaluation

extension AnswerShapes {
    /// What a token may do.
    package static let ownToken = Shape<
        (name: Name, scopes: Set<AccessScope>, tasks: Set<Name>?)
    >.object([
        .member("name", .name) { $0.name },
        .member("scopes", .list(of: .choice)) { token in
            token.scopes.sorted { $0.rawValue < $1.rawValue }
        },
        .member("tasks", .orNull(.list(of: .name)), "The tasks it is good for; null for all.") {
            $0.tasks?.sorted()
        },
    ])

    package static let tokenList = Shape<[AccessToken]>.object([
        .member("tokens", .list(of: AccessToken.shape)) { $0 }
    ])

    /// A token that was just made, with its text.
    package static let madeToken = Shape<(token: AccessToken, text: String)>.object(
        Shape.members(of: AccessToken.shape) { $0.token }
            + [
                .member("token", .text, "Shown this once; only its SHA-256 is stored.") { $0.text }
            ]
    )
}

extension AccessToken: Shaped {
    /// What is known of a token; not the token, which is nowhere.
    package static let shape = Shape<AccessToken>.object(
        Shape.members(of: AnswerShapes.ownToken) { ($0.name, $0.scopes, $0.tasks) }
            + [
                .member("created_at", .instant) { $0.createdAt },
                .member("expires_at", .orNull(.instant)) { $0.expiresAt },
                .member("last_used_at", .orNull(.instant), "Exact to about a minute.") {
                    $0.lastUsedAt
                },
                .member("revoked_at", .orNull(.instant)) { $0.revokedAt },
            ]
    ).named("token")
}

extension RecordedChange: Shaped {
    package static let shape = Shape<RecordedChange>.object([
        .member("changed_at", .instant) { $0.changedAt },
        .member("author", .text, "A token, or: command line.") { $0.author },
        .member("action", .text) { $0.action },
        .member("task", .orNull(.name)) { $0.task.isEmpty ? nil : $0.task },
        .member("subject", .text, "What was changed, and into what.") { $0.subject },
    ]).named("change")
}
