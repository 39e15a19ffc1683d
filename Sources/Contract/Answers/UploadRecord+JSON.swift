package import Evaluation

extension UploadRecord {
    /// An upload as the ledger has it, with all that was taken back of it.
    package var json: JSONValue {
        let upload: JSONValue = [
            "upload": JSONValue(entry.id),
            "kind": .string(entry.kind.rawValue),
            "known_at": .string(entry.knownAt.iso8601),
            "last_known_at": .string((entry.lastKnownAt ?? entry.knownAt).iso8601),
            "tokens": .array(entry.tokenNames.map { .name($0) }),
        ]
        return upload.adding(entry.counts.members).adding([
            "withdrawn_at": JSONValue(withdrawals.last?.withdrawnAt.iso8601),
            "withdrawals": .array(withdrawals.map(\.json)),
        ])
    }
}

extension Withdrawal {
    package var json: JSONValue {
        [
            "withdrawn_at": .string(withdrawnAt.iso8601),
            "author": .string(author),
            "note": .string(note),
            "rows": JSONValue(rows),
            "from": JSONValue(interval?.from?.iso8601),
            "to": JSONValue(interval?.to?.iso8601),
        ]
    }
}

extension WithdrawalReport {
    package var json: JSONValue {
        ["task": .name(task), "uploads": .array(uploads.map(\.json))]
    }
}

extension WithdrawnUpload {
    package var json: JSONValue {
        [
            "upload": JSONValue(entry.id),
            "kind": .string(entry.kind.rawValue),
            "new": .bool(isNew),
            "withdrawal": withdrawal.json,
            "stayed": stayed.map { JSONValue($0) } ?? .null,
            "late": JSONValue(late),
        ]
    }
}

extension JSONValue {
    /// The uploads of a task.
    package static func uploads(_ uploads: [UploadRecord], of task: Name) -> JSONValue {
        ["task": .name(task), "uploads": .array(uploads.map(\.json))]
    }
}
