package import Evaluation

extension ForgettingReport {
    /// What was deleted for good.
    package var json: JSONValue {
        [
            "task": .name(task),
            "forgotten_at": .string(forgottenAt.iso8601),
            "dry_run": .bool(isDryRun),
            "requests": JSONValue(requests),
            "predictions": JSONValue(predictions),
            "labels": JSONValue(labels),
            "rejects": JSONValue(rejects),
            "answers": JSONValue(answers),
        ]
    }
}
