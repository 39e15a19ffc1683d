package import Evaluation

extension JSONValue {
    /// The rejected rows of a task.
    package static func rejects(_ rejects: [Reject], of task: PredictionTask) -> JSONValue {
        ["task": .name(task.name), "rejects": .array(rejects.map(\.jsonWithRow))]
    }
}
