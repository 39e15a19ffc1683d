import Contract

/// What the documentation says of forgetting.
enum ForgettingDocumentation {
    static let forget = Operation(
        "forgetRequests",
        "Delete what was told of somebody, for good",
        """
        Ids, scores, labels and details go from every table, with rejected rows and kept answers that hold one of \
        the names. What they added to numbers stays as sums; an answer that goes without them has `forgotten`, how \
        many are missing. It cannot be taken back: `confirm` is the name of the task once more. With `dry_run` \
        nothing is deleted, and `confirm` is not needed. GET /v1/changes has the count, and not the names.
        """,
        tag: .uploads,
        parameters: [CommonParameters.task],
        body: .init([
            .init(
                "application/json",
                schema: Schemas.reference("NewForgetting"),
                example: ["prediction_ids": ["c-17"], "confirm": "flights"]
            )
        ]),
        success: .init(
            "What was deleted.",
            .init(
                "application/json",
                schema: Schemas.reference("Forgetting"),
                example: [
                    "task": "flights", "forgotten_at": "2013-06-24T08:00:00Z", "dry_run": false,
                    "requests": 1, "predictions": 2, "labels": 1, "rejects": 0, "answers": 0,
                ]
            ),
            hasForms: true
        ),
        problems: [
            .invalidRequest, .invalidValue, .notFound, .tooLarge, .unsupportedType, .slowBody,
        ]
    )
}
