package import Evaluation

extension LabelStatusReport {
    /// What is known of the labels of a task.
    package var json: JSONValue {
        let json: JSONValue = [
            "task": .name(task.name),
            "as_of": .string(asOf.iso8601),
            "rows_from": JSONValue(rowsFrom?.iso8601),
            "predictions": JSONValue(predictionIDs),
            "labelled": JSONValue(labelled),
            "coverage": JSONValue(coverage),
            "pending": JSONValue(pending),
            "overdue": JSONValue(overdue),
            "corrected": JSONValue(corrected),
            "withdrawn": JSONValue(withdrawn),
            "label_before_prediction": JSONValue(labelBeforePrediction),
            "orphans": JSONValue(orphans),
            "orphan_ids": .strings(orphanIDs),
            "delays": .array(delays.map(\.json)),
            "uploads": [
                "predictions": .object(predictionUploads.members),
                "labels": .object(labelUploads.members),
            ],
        ]
        return json.adding(contradictions).adding(forgotten: forgotten).adding(replay, of: task)
    }
}

extension LabelStatusReport.Delay {
    fileprivate var json: JSONValue {
        [
            "label": .name(name), "n": JSONValue(n), "p05_hours": .number(p05),
            "p50_hours": .number(p50), "p95_hours": .number(p95), "p99_hours": .number(p99),
        ]
    }
}
