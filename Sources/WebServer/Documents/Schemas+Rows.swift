import Contract

extension Schemas {
    private static let statuses = ["labelled", "implied", "pending", "overdue"]
    private static let kinds = ["binary", "multiclass", "regression"]
    private static let losses = ["brier_score", "absolute_error"]
    private static let slices: JSONValue = [
        "type": "object", "additionalProperties": ["type": "string"],
    ]
    private static let label: JSONValue = [
        "type": ["string", "number", "null"],
        "description": "The class, or the value; null where it is unknown.",
    ]

    static let rowPage = object([
        "task": text(), "kind": choice(kinds), "as_of": instant(),
        "from": optional("string"), "to": optional("string"), "model": optional("string"),
        "slice": optional("string"), "order": choice(["time", "worst"]),
        "loss": choice(losses, "What the loss of a row is."),
        "rows": array(of: reference("PredictionRow")), "next_cursor": optional("string"),
    ])
    static let predictionRow = object([
        "prediction_id": text(), "predicted_at": instant(), "known_at": instant(),
        "model": text(), "version": text(), "slices": slices, "score": number(),
        "status": choice(statuses, "How the report counts it."), "label": label,
        "observed_at": optional("string"), "label_known_at": optional("string"),
        "loss": optional("number"),
    ])
    static let predictionRecord = object([
        "task": text(), "kind": choice(kinds), "as_of": instant(), "prediction_id": text(),
        "loss": choice(losses, "What the loss of a prediction is."),
        "predictions": array(
            of: object([
                "model": text(), "version": text(), "predicted_at": instant(),
                "known_at": instant(), "score": number(), "slices": slices,
                "details": [
                    "type": "object", "description": "What the row said beyond its score.",
                ],
                "stands": flag("Whether it is the one of its model that counts."),
                "status": optional("string"), "label": label, "loss": optional("number"),
            ])
        ),
        "labels": array(
            of: object([
                "label": label, "observed_at": instant(), "known_at": instant(),
                "source": text(), "upload": count("The upload that brought it."),
                "stands": flag("Whether it decides."),
            ])
        ),
    ])
}
