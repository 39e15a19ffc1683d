package import Evaluation

extension PredictionRecord: Shaped {
    /// All predictions and all revisions of the label of one prediction id.
    package static let shape = Shape<PredictionRecord>.object(
        "All predictions and all revisions of the label that are known of one prediction id.",
        [
            .member("task", .task) { $0.task.name },
            .member("kind", .kind) { $0.task.kind },
            .member("as_of", .instant) { $0.asOf },
            .member("prediction_id", .sentence) { $0.predictionID },
            .member("loss", .rowLoss, "What the loss of a prediction is.") { $0.task.kind },
            .member("predictions", .list(of: toldPrediction)) { record in
                record.predictions.map { ($0, record.task) }
            },
            .member("labels", .list(of: labelRevision)) { record in
                record.labels.map { ($0, record.task) }
            },
            .replay { ($0.replay, $0.task) },
        ]
    )

    private static let toldPrediction = Shape<(told: Prediction, task: PredictionTask)>.object(
        "One model's prediction, as some upload told it.",
        [
            .member("model", .name) { $0.told.model },
            .member("version", .name) { $0.told.version },
            .member("predicted_at", .instant) { $0.told.prediction.predictedAt },
            .member("known_at", .instant) { $0.told.prediction.knownAt },
            .member("score", .number) { $0.told.score },
            .member("slices", .slices, "The slices that it belongs to, by key.") {
                $0.told.slices
            },
            .member("details", .details, "What the row said beyond its score.") {
                $0.told.prediction.details
            },
            .member("stands", .flag, "Whether it is the one of its model that counts.") {
                $0.told.standing != nil
            },
            .member(
                "status",
                .orNull(.choice),
                "How the report counts it; null where it does not stand."
            ) { $0.told.standing?.status },
            .member("label", .outcome) { ($0.told.standing?.label, $0.task) },
            .member("loss", .orNull(.size)) { $0.told.standing?.loss },
        ]
    ).named("told_prediction")

    private static let labelRevision = Shape<(label: Label, task: PredictionTask)>.object(
        "One revision of a label.",
        [
            .member("label", .outcome) { ($0.label.revision.value, $0.task) },
            .member("observed_at", .instant) { $0.label.revision.observedAt },
            .member("known_at", .instant) { $0.label.revision.knownAt },
            .member("source", .name) { $0.label.source },
            .member("upload", .count, "The upload that brought it.") { $0.label.uploadID },
            .member("stands", .flag, "Whether it decides.") { $0.label.stands },
        ]
    ).named("label_revision")
}

extension Shape where Value == [Slice] {
    static var slices: Shape {
        Shape(
            body: ["type": "object", "additionalProperties": ["type": "string"]],
            isCell: false
        ) { slices in
            .object(
                slices.map { JSONValue.Member(name: $0.key.text, value: .name($0.value)) }
            )
        }
    }
}

extension Shape where Value == String {
    /// The JSON object that a row's details are kept as.
    static var details: Shape {
        Shape(body: ["type": "object"], isCell: false) {
            (try? JSONValue(parsing: Array($0.utf8))) ?? .object([])
        }
    }
}

extension Shape where Value == TaskKind {
    /// What the loss of one row is called.
    static var rowLoss: Shape {
        Shape(body: ["enum": .strings(TaskKind.open.map(\.rowLoss))]) { .string($0.rowLoss) }
    }
}

extension TaskKind {
    fileprivate var rowLoss: String {
        mainLoss == .absoluteError ? "absolute_error" : mainLoss.metricName
    }
}

extension Shape where Value == (label: Double?, task: PredictionTask) {
    /// The name of a class, or a number.
    static var outcome: Shape {
        let schema: JSONValue = ["type": ["string", "number", "null"]]
        let meaning = "The class, or the value; null where it is unknown or withdrawn."
        return Shape(body: described(schema, meaning)) { label, task in
            guard let label else { return .null }
            guard task.kind.has(.classes) else { return .number(label) }
            let index = Int(label)
            return task.classes.indices.contains(index) ? .name(task.classes[index]) : .null
        }
    }
}
