import Contract

/// What the documentation says of one upload, and of taking uploads back.
enum WithdrawalDocumentation {
    static let upload = Operation(
        "showUpload",
        "What became of the rows of an upload, and what was taken back of it",
        tag: .answers,
        parameters: [
            CommonParameters.task,
            .init(
                "upload",
                in: .path,
                "The number of the upload.",
                schema: ["type": "integer", "minimum": 1],
                example: 17
            ),
        ],
        success: .init(
            "As the ledger has it.",
            .init(
                "application/json",
                schema: Schemas.reference("UploadEntry"),
                example: entry
            ),
            hasForms: true
        ),
        problems: [.invalidRequest, .notFound]
    )
    static let withdraw = Operation(
        "withdrawUploads",
        "Take back an upload, or small writes: from now on they do not count",
        """
        For a wrong file: its rows count no more, as if it had never come, and what other uploads said of the same \
        requests counts again. Answers as of an earlier instant stay as they were. Give `upload`; or `from` and `to` \
        with `small_writes_of`, a token, or `small_writes_without_token`, where the service asked for none. What is \
        taken back already changes nothing, so that the request can be sent again. Who took back what is in \
        GET /v1/changes.
        """,
        tag: .uploads,
        parameters: [CommonParameters.task],
        body: .init([
            .init(
                "application/json",
                schema: Schemas.reference("NewWithdrawal"),
                example: ["upload": 17, "note": "Scores of the wrong day"]
            )
        ]),
        success: .init(
            "What was taken back.",
            .init(
                "application/json",
                schema: Schemas.reference("Withdrawal"),
                example: [
                    "task": "flights",
                    "uploads": [
                        [
                            "upload": 17, "kind": "predictions", "new": true,
                            "withdrawal": withdrawal, "stayed": 0, "late": 0,
                        ]
                    ],
                ]
            ),
            hasForms: true
        ),
        problems: [
            .invalidRequest, .invalidValue, .notFound, .tooLarge, .unsupportedType, .slowBody,
        ]
    )

    static let entry: JSONValue = [
        "upload": 17, "kind": "predictions", "known_at": "2013-06-24T00:00:00Z",
        "last_known_at": "2013-06-24T00:00:00Z", "tokens": ["scoring"], "received": 2,
        "accepted": 2, "duplicate": 0, "conflict": 0, "corrected": 0, "withdrawn": 0, "orphan": 0,
        "joined": 0, "label_before_prediction": 0, "after_use": 0, "rejected": 0,
        "withdrawn_at": "2013-06-24T08:00:00Z", "withdrawals": [withdrawal],
    ]

    private static let withdrawal: JSONValue = [
        "withdrawn_at": "2013-06-24T08:00:00Z", "author": "deploy",
        "note": "Scores of the wrong day", "rows": 2, "from": nil, "to": nil,
    ]
}
