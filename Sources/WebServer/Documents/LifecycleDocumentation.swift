import Contract

/// What the documentation says of renaming and deleting.
enum LifecycleDocumentation {
    static let renameModel = Operation(
        "renameModel",
        "Give a model another name, as if it had always had it",
        "For a name that was mistyped; no model of the task may have the new one. Answers as of earlier "
            + "instants have the new name as well. Recommendations that were given stay as they are.",
        tag: .tasks,
        parameters: [CommonParameters.task, CommonParameters.model],
        body: name("champion-2"),
        success: .init("The models of the task.", TaskDocumentation.modelsJSON),
        problems: problems
    )
    static let renameTask = Operation(
        "renameTask",
        "Give a task another name",
        "Everything that is the task's own stays, and the tokens that are good for it follow, here at once and "
            + "within a second at other instances. A token that is good for some tasks must name the new "
            + "name among them.",
        tag: .tasks,
        parameters: [CommonParameters.task],
        body: name("flights-late"),
        success: .init("The task as it is now.", TaskDocumentation.json),
        problems: problems
    )
    static let deleteTask = Operation(
        "deleteTask",
        "Delete a task with everything that it has",
        "Predictions, labels, models, settings and recommendations go, and cannot be had back; GET /v1/changes "
            + "keeps who deleted it and when. Its uploads are waited for. Of a task with many rows it takes "
            + "minutes; until it is done, and where it is broken off, everything is there.",
        tag: .tasks,
        parameters: [
            CommonParameters.task,
            .init(
                "confirm",
                "The name of the task once more.",
                schema: ["type": "string", "minLength": 1],
                example: "flights",
                isRequired: true
            ),
        ],
        success: .init(
            "How many rows went.",
            .init(
                "application/json",
                schema: Schemas.reference("TaskDeletion"),
                example: [
                    "task": "flights", "uploads": 3, "predictions": 54316, "labels": 52960,
                    "rejects": 0,
                ]
            ),
            hasForms: true
        ),
        problems: [.invalidRequest, .invalidValue, .notFound]
    )

    private static func name(_ example: String) -> Operation.Body {
        .init([
            .init(
                "application/json",
                schema: Schemas.reference("NewName"),
                example: ["name": .string(example)]
            )
        ])
    }

    private static let problems: [Problem.Kind] = [
        .invalidRequest, .invalidValue, .notFound, .conflict, .tooLarge, .unsupportedType,
        .slowBody,
    ]
}
