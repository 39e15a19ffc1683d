package import Evaluation

extension ModelSummary: Shaped {
    package static let shape = Shape<ModelSummary>.object([
        .member("model", .name) { $0.name },
        .member("role", .choice, "The role as of the instant.") { $0.role },
        .member(
            "role_assumed_since",
            .orNull(.instant),
            "Since when the model is taken for the champion, where nobody has named one; null for every other."
        ) { $0.assumedSince },
        .member("versions", .list(of: .name)) { $0.versions },
        .member("predictions", .count) { $0.predictions },
        .member("labelled", .count) { $0.labelled },
        .member("history", .list(of: RoleChange.shape), "Roles that were given, in order.") {
            $0.history
        },
    ])
}

extension RoleChange: Shaped {
    package static let shape = Shape<RoleChange>.object([
        .member("role", .choice) { $0.role },
        .member("from", .instant) { $0.validFrom },
    ])
}

extension AnswerShapes {
    package static let modelList = Shape<(models: [ModelSummary], task: Name)>.object(
        "The models of a task.",
        [
            .member("task", .task) { $0.task },
            .member("models", .list(of: ModelSummary.shape)) { $0.models },
        ]
    )

    package static let taskList = Shape<[PredictionTask]>.object(
        "All tasks.",
        [.member("tasks", .list(of: PredictionTask.shape)) { $0 }]
    )
}
