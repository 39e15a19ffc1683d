package import Evaluation
package import Harness
package import Store

extension UploadRecord {
    /// An upload as the ledger has it, with all that was taken back of it.
    package var json: JSONValue {
        let counts = entry.counts
        return [
            "upload": JSONValue(entry.id),
            "kind": .string(entry.kind),
            "known_at": .string(entry.knownAt.iso8601),
            "last_known_at": .string((entry.lastKnownAt ?? entry.knownAt).iso8601),
            "tokens": .array(entry.tokenNames.map { .name($0) }),
            "received": JSONValue(counts.received),
            "accepted": JSONValue(counts.accepted),
            "duplicate": JSONValue(counts.duplicate),
            "conflict": JSONValue(counts.conflict),
            "corrected": JSONValue(counts.corrected),
            "withdrawn": JSONValue(counts.withdrawn),
            "orphan": JSONValue(counts.orphan),
            "joined": JSONValue(counts.joined),
            "label_before_prediction": JSONValue(counts.labelBeforePrediction),
            "rejected": JSONValue(counts.rejected),
            "withdrawn_at": JSONValue(withdrawals.last?.withdrawnAt.iso8601),
            "withdrawals": .array(withdrawals.map(\.json)),
        ]
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

extension WithdrawUploads.Report {
    package var json: JSONValue {
        ["task": .name(task), "uploads": .array(uploads.map(\.json))]
    }
}

extension WithdrawUploads.Upload {
    package var json: JSONValue {
        [
            "upload": JSONValue(entry.id),
            "kind": .string(entry.kind),
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
