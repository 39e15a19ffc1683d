import Contract
import Evaluation
import Ingest

/// What the documentation says of posting rows.
enum UploadDocumentation {
    private static let example: JSONValue = [
        "task": "flights", "upload": 17, "received": 2, "accepted": 1, "duplicate": 0,
        "conflict": 0,
        "corrected": 0, "withdrawn": 0, "orphan": 0, "joined": 1, "label_before_prediction": 0,
        "after_use": 0, "rejected": 1, "contradicts": [], "hints": [], "resend": false,
        "dry_run": false,
        "refused": false,
        "rejects": [
            [
                "file": "the body", "line": 2, "field": "label", "value": "maybe",
                "reason": "the label must be one of the classes: 0, 1.",
            ]
        ],
    ]

    private static let options =
        [CommonParameters.task, CommonParameters.idempotencyKey] + CommonParameters.mapping + [
            Operation.Parameter(
                "assume_time_zone",
                "The zone of times without an offset.",
                example: "Europe/Berlin"
            ),
            Operation.Parameter(
                "repeated_hour",
                "With assume_time_zone, which to take of a time that came twice as clocks went back; "
                    + "without it such a row is rejected.",
                schema: [
                    "type": "string", "enum": .strings(RepeatedHour.allCases.map(\.rawValue)),
                ],
                example: "first"
            ),
            Operation.Parameter(
                "backfill",
                "Take known_at, when each row became known, from the rows; needs the scope backfill.",
                schema: CommonParameters.flag,
                example: false
            ),
            Operation.Parameter(
                "strict",
                "All or nothing: one rejected row and nothing is kept.",
                schema: CommonParameters.flag,
                example: false
            ),
            Operation.Parameter(
                "dry_run",
                "Check the rows, and keep nothing.",
                schema: CommonParameters.flag,
                example: false
            ),
            CommonParameters.file,
        ]

    private static let rules = """
        Send one object or an array (application/json), one object a line (application/x-ndjson), or CSV \
        with a header (text/csv); compressed with Content-Encoding: gzip if you like. Every row carries its \
        own prediction_id, also inside a batch. When the answer is sent the rows are durable and count in \
        every number. Sending the same rows again is harmless. Rows are accepted or rejected one by one; \
        where all of them are rejected the answer is 422 with the counts in its member upload. Requests of \
        few rows are written together with others of the moment, so thousands a second are no trouble.
        """

    private static func body(of rows: String, json: JSONValue, csv: String) -> Operation.Body {
        let row = Schemas.reference(rows)
        return .init([
            .init(
                "application/json",
                schema: [
                    "anyOf": [row, ["type": "array", "items": row]]
                ],
                example: [json]
            ),
            .init(
                "application/x-ndjson",
                schema: ["type": "string", "description": "One JSON object a line."],
                example: .string(json.inline + "\n")
            ),
            .init(
                "text/csv",
                schema: ["type": "string", "description": "RFC 4180, with a header."],
                example: .string(csv)
            ),
            .init(
                "application/octet-stream",
                schema: [
                    "type": "string", "description": "CSV or NDJSON, whichever it looks like.",
                ],
                example: .string(csv)
            ),
        ])
    }

    private static let success = Operation.Success(
        "What became of the rows.",
        .init("application/json", schema: Schemas.reference("Upload"), example: example)
    )
    private static let problems: [Problem.Kind] = [
        .invalidRequest, .notFound, .slowBody, .conflict, .tooLarge, .unsupportedType,
        .rowsRejected, .overloaded,
    ]

    static let predictions = Operation(
        "postPredictions",
        "Post what models predicted",
        rules + """


            Members of a row: prediction_id, predicted_at, model, score (regression: value), and the task's \
            slices, by themselves or in an object slices. Optional: version, decision, entity, latency_ms, \
            status, weight, known_at, and features in an object features.
            """,
        tag: .uploads,
        parameters: options,
        body: body(
            of: "PredictionRow",
            json: [
                "prediction_id": "f-1", "predicted_at": "2013-01-01T10:00:00Z",
                "model": "champion", "version": "v1", "score": 0.31, "origin": "JFK",
            ],
            csv: "prediction_id,predicted_at,model,version,score,origin\n"
                + "f-1,2013-01-01T10:00:00Z,champion,v1,0.31,JFK\n"
        ),
        success: success,
        problems: problems
    )
    static let labels = Operation(
        "postLabels",
        "Post true outcomes",
        rules + """


            Members of a row: prediction_id, observed_at, label; null withdraws a label. Optional: source, \
            known_at, predicted_at. A label may come before its prediction, years after, or twice.
            """,
        tag: .uploads,
        parameters: options,
        body: body(
            of: "LabelRow",
            json: [
                "prediction_id": "f-1", "observed_at": "2013-01-01T14:00:00Z", "label": "1",
            ],
            csv: "prediction_id,observed_at,label\nf-1,2013-01-01T14:00:00Z,1\n"
        ),
        success: success,
        problems: problems
    )
    static let baseline = Operation(
        "putBaseline",
        "Give the rows that later risk is held against",
        "Labelled predictions, with the members of both, one row each; they replace those given before.",
        tag: .uploads,
        parameters: [CommonParameters.task]
            + CommonParameters.mapping.filter { $0.name != "ignore" }
            + [CommonParameters.file],
        body: body(
            of: "BaselineRow",
            json: [
                "prediction_id": "b-1", "predicted_at": "2012-01-01T10:00:00Z", "model": "champion",
                "version": "v1", "score": 0.31, "observed_at": "2012-01-01T14:00:00Z", "label": "1",
            ],
            csv: "prediction_id,predicted_at,model,version,score,observed_at,label\n"
                + "b-1,2012-01-01T10:00:00Z,champion,v1,0.31,2012-01-01T14:00:00Z,1\n"
        ),
        success: .init(
            "The task as it is now.",
            .init(
                "application/json",
                schema: Schemas.reference("Task"),
                example: TaskDocumentation.example
            )
        ),
        problems: [
            .invalidRequest, .notFound, .slowBody, .conflict, .tooLarge, .unsupportedType,
            .notPossible, .overloaded,
        ]
    )
}
