package import Evaluation

extension AccessToken {
    /// What is known of a token; not the token, which is nowhere.
    package var json: JSONValue {
        [
            "name": .name(name),
            "scopes": .strings(scopes.map(\.rawValue).sorted()),
            "tasks": tasks.map { JSONValue.names($0.sorted()) } ?? .null,
            "created_at": .string(createdAt.iso8601),
            "expires_at": JSONValue(expiresAt?.iso8601),
            "last_used_at": JSONValue(lastUsedAt?.iso8601),
            "revoked_at": JSONValue(revokedAt?.iso8601),
        ]
    }
}

extension JSONValue {
    package static func tokens(_ tokens: [AccessToken]) -> JSONValue {
        ["tokens": .array(tokens.map(\.json))]
    }
}

extension RecordedChange {
    package var json: JSONValue {
        [
            "changed_at": .string(changedAt.iso8601),
            "author": .string(author),
            "action": .string(action),
            "task": JSONValue(task.isEmpty ? nil : task),
            "subject": .string(subject),
        ]
    }
}
