import Contract

/// The shapes of rows that are posted.
///
/// Their members have no types: rows are judged one by one, by the task, and a bad one spoils nothing.
enum RowSchemas {
    static let all: [(name: String, schema: JSONValue)] = [
        ("PredictionRow", row("A prediction.", common + prediction)),
        ("LabelRow", row("A label.", common + label)),
        ("BaselineRow", row("A prediction with its label.", common + prediction + label)),
    ]

    private typealias Members = [(name: String, description: String)]

    private static func row(_ description: String, _ members: Members) -> JSONValue {
        [
            "type": "object",
            "description": .string(description + " A slice of the task is a member as well."),
            "properties": .object(
                members.map {
                    .init(name: $0.name, value: ["description": .string($0.description)])
                }
            ),
        ]
    }

    private static let common: Members = [
        (
            "prediction_id",
            "Your id of the request, 1 to 200 bytes; unique with the model in a task."
        ),
        ("predicted_at", "The instant of the prediction; with a label it saves a search."),
        ("known_at", "With backfill=true, and only then: when the row became known."),
    ]
    private static let prediction: Members = [
        ("model", "The name of the model."),
        ("version", "The version of the model; may be left out."),
        ("score", "For a binary task: the probability of the positive class, from 0 to 1."),
        ("value", "For a regression task: the predicted number."),
        ("slices", "An object of the task's slices, where they are no members of the row."),
        ("entity", "Who or what the request is about."),
        ("status", "How the call ended; anything but ok, success and 200 is a failure."),
        ("latency_ms", "How long the call took."),
        ("decision", "What was done; kept."),
        ("weight", "A number from 0; kept."),
        ("features", "An object of numbers and texts; kept."),
    ]
    private static let label: Members = [
        ("observed_at", "The instant at which the label was true in the world."),
        (
            "label",
            "A class of the task, or for a regression task a number; null withdraws a label."
        ),
        ("source", "Where the label comes from; ranked by the task's label_sources."),
    ]
}
