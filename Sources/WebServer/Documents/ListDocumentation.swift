import Contract

/// What the documentation says of lists.
enum ListDocumentation {
    private static let problems: [Problem.Kind] = [.invalidRequest, .notFound]

    static let rejects = Operation(
        "listRejects",
        "Rejected rows of predictions and labels, newest upload first",
        tag: .answers,
        parameters: [CommonParameters.task] + CommonParameters.page(after: "17", "2", "1"),
        success: .init(
            "A page of them.",
            .init(
                "application/json",
                schema: Schemas.reference("RejectList"),
                example: [
                    "task": "flights",
                    "rejects": [
                        [
                            "file": "", "line": 2, "field": "score", "value": "1,2",
                            "reason": "a score is a number from 0 to 1, such as 0.25.",
                            "row": "f-2,2013-01-01T10:00:00Z,champion,v1,\"1,2\",JFK",
                            "upload": 17,
                        ]
                    ],
                    "next_cursor": nil,
                ]
            )
        ),
        problems: problems
    )
    static let orphans = Operation(
        "listOrphans",
        "Ids that have labels but no prediction",
        "They join the moment that their prediction comes.",
        tag: .answers,
        parameters: [CommonParameters.task] + CommonParameters.page(after: "f-8", "1", "2"),
        success: .init(
            "A page of them.",
            .init(
                "application/json",
                schema: Schemas.reference("OrphanList"),
                example: ["task": "flights", "orphan_ids": ["f-9"], "next_cursor": nil]
            )
        ),
        problems: problems
    )
    static let uploads = Operation(
        "listUploads",
        "The ledger of uploads, the newest first",
        "Small requests of a token are one upload an hour, from known_at to last_known_at. What was taken back is "
            + "still listed, with withdrawn_at.",
        tag: .answers,
        parameters: [CommonParameters.task] + CommonParameters.page(after: "17"),
        success: .init(
            "A page of them.",
            .init(
                "application/json",
                schema: Schemas.reference("UploadList"),
                example: [
                    "task": "flights",
                    "uploads": [WithdrawalDocumentation.entry],
                    "next_cursor": .string(Cursor(["17"]).text),
                ]
            )
        ),
        problems: problems
    )
    static let changes = Operation(
        "listChanges",
        "The audit log: who changed what and when, the newest first",
        tag: .access,
        parameters: CommonParameters.page(after: "17"),
        success: .init(
            "A page of them.",
            .init(
                "application/json",
                schema: Schemas.reference("ChangeList"),
                example: [
                    "changes": [
                        [
                            "changed_at": "2013-06-24T00:00:00Z", "author": "deploy",
                            "action": "model.role", "task": "flights",
                            "subject": "gbm: champion from 2013-06-24T00:00:00Z",
                        ]
                    ],
                    "next_cursor": nil,
                ]
            )
        ),
        problems: [.invalidRequest]
    )
}
