import Contract

/// What the documentation says of the ledger of cohorts.
enum LedgerDocumentation {
    /// In an answer.
    static let example: JSONValue = [
        "live_since": "2013-06-01T00:00:00Z", "history_cohorts": 90, "live_cohorts": 20,
        "loading_until": nil, "late_rows": 0, "late_share": nil, "restatements": 0,
    ]

    static let restate = Operation(
        "restateLedger",
        "Let evidence begin anew, with the rows that came after answers had used it",
        """
        An answer rests on evidence that stays as it is from then on. Rows that were known in time and come later are \
        counted as `late_rows` in every answer, and are no evidence until the ledger is restated. Each restatement halves \
        the probability of an error, so that verdicts take more evidence. Answers as of earlier instants stay as they \
        were, and an alarm that stands goes on to stand. Who restated what is in GET /v1/changes.
        """,
        tag: .uploads,
        parameters: [CommonParameters.task],
        body: .init([
            .init(
                "application/json",
                schema: Schemas.reference("NewRestatement"),
                example: ["note": "The labels of May came in June"]
            )
        ]),
        success: .init(
            "What was restated.",
            .init(
                "application/json",
                schema: Schemas.reference("Restatement"),
                example: [
                    "task": "flights", "restated_at": "2013-06-24T00:00:00Z", "late_rows": 412,
                    "restatements": 1, "author": "deploy",
                    "note": "The labels of May came in June",
                ]
            ),
            hasForms: true
        ),
        problems: [
            .invalidRequest, .invalidValue, .notFound, .notPossible, .tooLarge, .unsupportedType,
            .slowBody,
        ]
    )
}
