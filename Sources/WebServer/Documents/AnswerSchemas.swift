import Contract

/// The shapes of answers, most of which the command line gives as well, taken from the files in `docs/schemas`.
enum AnswerSchemas {
    /// The files by the names that the description of the API gives them.
    private static let names = [
        "task": "Task", "task-delete": "TaskDeletion", "task-list": "TaskList",
        "model-list": "ModelList", "upload": "Upload",
        "uploads-show": "UploadEntry", "uploads-withdraw": "Withdrawal",
        "forget": "Forgetting",
        "report": "Report", "calibration": "Calibration", "compare": "Comparison",
        "recommend": "Recommendation", "recommend-history": "RecommendationHistory",
        "recommend-walk": "RecommendationWalk", "recommend-acknowledge": "Acknowledgement",
        "recalibrate": "Recalibration", "labels-status": "LabelStatus", "mature": "Maturing",
        "prune": "Pruning",
        "verify": "Verification", "rows": "RowPage", "prediction": "PredictionRecord",
    ]
    private static let place = "#/components/schemas/"

    /// The answers, and then once what several of them refer to.
    static let all: [(name: String, schema: JSONValue)] = {
        var seen: Set<String> = []
        var answers: [(name: String, schema: JSONValue)] = []
        var definitions: [(name: String, schema: JSONValue)] = []
        for file in AnswerSchema.all {
            guard let name = names[file.name] else { continue }
            answers.append((name, AnswerSchema.pointing(file.root, at: place)))
            for definition in file.definitions where seen.insert(definition.name).inserted {
                definitions.append(
                    (definition.name, AnswerSchema.pointing(definition.value, at: place))
                )
            }
        }
        return answers + definitions
    }()
}
