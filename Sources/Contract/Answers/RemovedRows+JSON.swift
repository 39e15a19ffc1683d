package import Evaluation

extension JSONValue {
    /// What went with a task.
    package static func removed(_ rows: RemovedRows, of task: Name) -> JSONValue {
        [
            "task": .name(task),
            "uploads": JSONValue(rows.uploads),
            "predictions": JSONValue(rows.predictions),
            "labels": JSONValue(rows.labels),
            "rejects": JSONValue(rows.rejects),
        ]
    }
}
