package import Evaluation

extension UploadReport {
    /// What became of the rows.
    package var json: JSONValue {
        let upload: JSONValue = [
            "task": .name(task), "upload": uploadID.map(JSONValue.integer) ?? .null,
        ]
        return upload.adding(counts.members).adding([
            "contradicts": .array(
                contradicted.map {
                    ["upload": JSONValue($0.uploadID), "rows": JSONValue($0.rows)]
                }
            ),
            "resend": .bool(isResend),
            "dry_run": .bool(isDryRun),
            "refused": .bool(isRefused),
            "rejects": .array(rejects.map(\.json)),
        ])
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
