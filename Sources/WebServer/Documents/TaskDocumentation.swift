import Contract

/// What the documentation says of tasks and models.
enum TaskDocumentation {
    static let example: JSONValue = [
        "task": "flights", "kind": "binary", "classes": ["0", "1"], "positive": "1",
        "threshold": 0.5, "horizon": "60d", "no_label_means": "pending",
        "time_zone": "America/New_York", "bucket": "day", "slices": ["origin"],
        "evidence_unit": "auto", "label_sources": [], "baseline": "first:60d", "tolerance": "10%",
        "minimum_coverage": 0.5, "partition": "28d", "retention": "none",
    ]
    static let json = Operation.Content(
        "application/json",
        schema: Schemas.reference("Task"),
        example: example
    )
    private static let modelsExample: JSONValue = [
        "task": "flights",
        "models": [
            [
                "model": "champion", "role": "champion", "role_assumed_since": nil,
                "versions": ["v1"], "predictions": 54316, "labelled": 52960,
                "history": [["role": "champion", "from": "2012-12-31T05:00:00Z"]],
            ]
        ],
    ]
    static let modelsJSON = Operation.Content(
        "application/json",
        schema: Schemas.reference("ModelList"),
        example: modelsExample
    )

    static let list = Operation(
        "listTasks",
        "All tasks that the token is good for",
        tag: .tasks,
        success: .init(
            "The tasks by name.",
            .init(
                "application/json",
                schema: Schemas.reference("TaskList"),
                example: ["tasks": [example]]
            )
        )
    )
    static let create = Operation(
        "createTask",
        "Create a task",
        "What is left out takes its usual value. What the cells depend on (classes, positive, "
            + "threshold, time_zone, bucket, slices, label_sources) can change only before the first "
            + "prediction.",
        tag: .tasks,
        parameters: [CommonParameters.idempotencyKey],
        body: .init([
            .init(
                "application/json",
                schema: Schemas.reference("NewTask"),
                example: [
                    "task": "flights", "kind": "binary", "horizon": "60d",
                    "time_zone": "America/New_York", "slices": ["origin"],
                ]
            )
        ]),
        success: .init(
            "The task as it is now.",
            status: 201,
            json,
            headers: ["Location": "The path of the task."]
        ),
        problems: [.invalidRequest, .conflict, .tooLarge, .unsupportedType, .keyReused, .slowBody]
    )
    static let show = Operation(
        "showTask",
        "The settings of a task",
        tag: .tasks,
        parameters: [CommonParameters.task],
        success: .init("The task.", json),
        problems: [.notFound]
    )
    static let change = Operation(
        "changeTask",
        "Change settings of a task",
        tag: .tasks,
        parameters: [CommonParameters.task],
        body: .init([
            .init(
                "application/json",
                schema: Schemas.reference("TaskChange"),
                example: ["horizon": "90d", "tolerance": "5%"]
            )
        ]),
        success: .init("The task as it is now.", json),
        problems: [.invalidRequest, .notFound, .conflict, .tooLarge, .unsupportedType, .slowBody]
    )
    static let models = Operation(
        "listModels",
        "The models of a task and their roles",
        tag: .tasks,
        parameters: [CommonParameters.task],
        success: .init("The models by name.", modelsJSON),
        problems: [.notFound]
    )
    static let role = Operation(
        "setRole",
        "Give a model a role",
        "A task has one champion: naming another makes the old one a shadow. The history is kept.",
        tag: .tasks,
        parameters: [CommonParameters.task, CommonParameters.model],
        body: .init([
            .init(
                "application/json",
                schema: Schemas.reference("Role"),
                example: ["role": "champion", "from": "2013-01-01"]
            )
        ]),
        success: .init("The models of the task.", modelsJSON),
        problems: [.invalidRequest, .notFound, .tooLarge, .unsupportedType, .slowBody]
    )
}
