package import Harness
package import Ingest
import Store

extension UploadReport {
    /// What became of the rows.
    package var json: JSONValue {
        [
            "task": .name(task),
            "upload": uploadID.map(JSONValue.integer) ?? .null,
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
            "contradicts": .array(
                contradicted.map {
                    ["upload": JSONValue($0.uploadID), "rows": JSONValue($0.rows)]
                }
            ),
            "resend": .bool(isResend),
            "dry_run": .bool(isDryRun),
            "refused": .bool(isRefused),
            "rejects": .array(rejects.map(\.json)),
        ]
    }
}

extension Reject {
    package var json: JSONValue {
        [
            "file": .string(file),
            "line": JSONValue(line),
            "field": .string(field),
            "value": .string(value),
            "reason": .string(reason),
        ]
    }

    /// The reject with the row as it was given, so that it can be mended and sent again.
    package var jsonWithRow: JSONValue { json.adding(["row": .string(row)]) }
}
