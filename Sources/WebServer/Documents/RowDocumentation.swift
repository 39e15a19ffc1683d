import Contract
import Evaluation

/// What the documentation says of rows.
enum RowDocumentation {
    private static let problems: [Problem.Kind] = [
        .invalidRequest, .notFound, .notPossible, .overloaded,
    ]
    private static let row: JSONValue = [
        "prediction_id": "f-1", "predicted_at": "2013-01-01T10:00:00Z",
        "known_at": "2013-01-01T10:00:01Z", "model": "champion", "version": "v1",
        "slices": ["origin": "JFK"], "score": 0.25, "status": "labelled", "label": "0",
        "observed_at": "2013-01-01T16:10:00Z", "label_known_at": "2013-01-02T05:00:00Z",
        "loss": 0.0625,
    ]

    static let rows = Operation(
        "listRows",
        "The predictions behind a number, with what stands about their outcomes",
        "By time, a page at a time; or with order=worst those with the largest loss, in one page. The loss "
            + "of a row is its part of the Brier score, of a regression task its absolute error. Counted "
            + "by status, the rows of a window are the counts of its report. Give the as_of of the first "
            + "page with the others, so that nothing moves in between.",
        tag: .answers,
        parameters: [CommonParameters.task] + CommonParameters.window.filter { $0.name != "exact" }
            + [
                .init(
                    "order",
                    "By time, or the worst first.",
                    schema: Schemas.choice(RowOrder.self),
                    example: "time"
                )
            ] + CommonParameters.page(after: "1357034400000000", "1", "2", "champion"),
        success: .init(
            "A page of them.",
            .init(
                "application/json",
                schema: Schemas.reference("RowPage"),
                example: [
                    "task": "flights", "kind": "binary", "as_of": "2013-06-24T00:00:00Z",
                    "from": "2013-01-01T05:00:00Z", "to": nil, "model": "champion", "slice": nil,
                    "order": "time", "loss": "brier_score", "rows": [row],
                    "next_cursor": nil,
                ]
            )
        ),
        problems: problems
    )
    static let prediction = Operation(
        "getPrediction",
        "Everything that is known of one prediction id",
        "All predictions of all models, also such as do not stand beside an earlier one of the same model, "
            + "and all revisions of the label, with when each became known and which of them decides.",
        tag: .answers,
        parameters: [
            CommonParameters.task,
            .init(
                "prediction_id",
                in: .path,
                "As it was sent.",
                schema: ["type": "string", "minLength": 1],
                example: "f-1"
            ),
            CommonParameters.asOf,
        ],
        success: .init(
            "What is known.",
            .init(
                "application/json",
                schema: Schemas.reference("PredictionRecord"),
                example: [
                    "task": "flights", "kind": "binary", "as_of": "2013-06-24T00:00:00Z",
                    "prediction_id": "f-1", "loss": "brier_score",
                    "predictions": [
                        [
                            "model": "champion", "version": "v1",
                            "predicted_at": "2013-01-01T10:00:00Z",
                            "known_at": "2013-01-01T10:00:01Z", "score": 0.25,
                            "slices": ["origin": "JFK"], "details": ["entity": "N14228"],
                            "stands": true, "status": "labelled", "label": "0",
                            "loss": 0.0625,
                        ]
                    ],
                    "labels": [
                        [
                            "label": "0", "observed_at": "2013-01-01T16:10:00Z",
                            "known_at": "2013-01-02T05:00:00Z", "source": "tower", "upload": 17,
                            "stands": true,
                        ]
                    ],
                ]
            )
        ),
        problems: problems
    )
}
