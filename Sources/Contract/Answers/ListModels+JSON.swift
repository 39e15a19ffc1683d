package import Evaluation
package import Harness

extension JSONValue {
    /// The models of a task.
    package static func models(_ models: [ListModels.Model], of task: PredictionTask) -> JSONValue {
        ["task": .string(task.name), "models": .array(models.map(\.json))]
    }
}

extension ListModels.Model {
    package var json: JSONValue {
        [
            "model": .string(name),
            "role": .string(role.rawValue),
            "versions": .strings(versions),
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
