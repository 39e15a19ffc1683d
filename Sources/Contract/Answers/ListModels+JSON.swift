package import Evaluation

extension JSONValue {
    /// The models of a task.
    package static func models(_ models: [ModelSummary], of task: PredictionTask) -> JSONValue {
        ["task": .name(task.name), "models": .array(models.map(\.json))]
    }
}

extension ModelSummary {
    package var json: JSONValue {
        [
            "model": .name(name),
            "role": .string(role.rawValue),
            "role_assumed_since": JSONValue(assumedSince?.iso8601),
            "versions": .names(versions),
            "predictions": JSONValue(predictions),
            "labelled": JSONValue(labelled),
            "history": .array(
                history.map {
                    ["role": .string($0.role.rawValue), "from": .string($0.validFrom.iso8601)]
                }
            ),
        ]
    }
}
