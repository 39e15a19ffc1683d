package import Evaluation

extension PredictionTask: Shaped {
    /// The settings of the task.
    package static let shape = Shape<PredictionTask>.object(
        "The settings of a task.",
        [
            .member("task", .task) { $0.name },
            .member("kind", .kind, "What is predicted.") { $0.kind },
        ] + TaskSetting.all.map(\.member)
    ).named("task")

    /// The name of the positive class, where there is one.
    package var positiveClassName: Name? {
        classes.indices.contains(positiveClass) ? classes[positiveClass] : nil
    }
}

extension Shape where Value == Int64? {
    /// How long rows are kept.
    static var retention: Shape {
        Shape(body: ["type": "string", "pattern": "^(none|[0-9]+[smhd])$"]) {
            .string(RetentionText(seconds: $0).text)
        }
    }
}
