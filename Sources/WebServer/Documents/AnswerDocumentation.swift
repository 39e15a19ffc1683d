import Contract
import Evaluation

/// What the documentation says of reports and what is like them.
enum AnswerDocumentation {
    private static let window: JSONValue = [
        "start": "2013-01-01T05:00:00Z", "end": "2013-02-01T05:00:00Z", "predictions": 26483,
        "labelled": 25962, "implied": 0, "pending": 0, "overdue": 521, "coverage": 0.9803,
        "mature": true,
        "metrics": [
            "brier_score": [
                "value": 0.1553, "low": 0.1523, "high": 0.1583, "n": 25962, "bound": 0,
            ]
        ],
    ]
    private static let counts: JSONValue = [
        "received": 2, "accepted": 2, "duplicate": 0, "conflict": 0, "corrected": 0,
        "withdrawn": 0, "orphan": 0, "joined": 1, "label_before_prediction": 0, "after_use": 0,
        "rejected": 0,
    ]
    private static let problems: [Problem.Kind] = [
        .invalidRequest, .notFound, .notPossible, .overloaded,
    ]
    private static let tag = [
        "ETag": "Stays the same as long as everything but the instant of asking does."
    ]

    static let report = Operation(
        "getReport",
        "How good is each model, over time, on what is known?",
        "Every number stands beside its coverage, and young windows are called young. Intervals are "
            + "95 %. A metric that is undefined is null, with a reason.",
        tag: .answers,
        parameters: [
            CommonParameters.task,
            .init(
                "by",
                "The windows: days, weeks from Monday, or months of the task's time zone.",
                schema: Schemas.choice(ReportPeriod.self),
                example: "month"
            ),
        ] + CommonParameters.window + [
            .init(
                "by_version",
                "Each version of a model by itself.",
                schema: CommonParameters.flag,
                example: false
            ),
            .init(
                "metrics",
                "Only these, with commas between; without it all.",
                example: "brier_score,roc_auc"
            ),
            CommonParameters.ifNoneMatch,
        ],
        success: .init(
            "The report.",
            .init(
                "application/json",
                schema: Schemas.reference("Report"),
                example: [
                    "task": "flights", "kind": "binary", "as_of": "2013-06-24T00:00:00Z",
                    "from": "2013-01-01T05:00:00Z", "to": "2013-02-01T05:00:00Z", "by": "all",
                    "slice": nil, "exact": false, "champion_assumed_since": nil,
                    "models": [
                        [
                            "model": "champion", "version": nil, "role": "champion",
                            "windows": [window],
                        ]
                    ],
                ]
            ),
            headers: tag,
            hasForms: true
        ),
        problems: problems
    )
    static let calibration = Operation(
        "getCalibration",
        "Do probabilities mean what they say?",
        "A reliability diagram in numbers: among predictions with a mean score of 0.3, did 3 in 10 come "
            + "true?",
        tag: .answers,
        parameters: [CommonParameters.task] + CommonParameters.window + [
            .init(
                "bins",
                "Bins of equal width; a divisor of 60.",
                schema: ["type": "integer", "enum": [2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60]],
                example: 10
            ),
            CommonParameters.ifNoneMatch,
        ],
        success: .init(
            "The diagram.",
            .init(
                "application/json",
                schema: Schemas.reference("Calibration"),
                example: [
                    "task": "flights", "model": "champion", "as_of": "2013-06-24T00:00:00Z",
                    "window": window,
                    "bins": [
                        [
                            "low": 0, "high": 0.1, "n": 5120, "mean_score": 0.071,
                            "observed": 0.066, "observed_low": 0.06, "observed_high": 0.073,
                            "consistent_low": 0.05, "consistent_high": 0.075,
                        ]
                    ],
                ]
            ),
            headers: tag,
            hasForms: true
        ),
        problems: problems
    )
    static let labelStatus = Operation(
        "getLabelStatus",
        "Coverage, delay, what is pending, overdue, orphaned, corrected, rejected",
        tag: .answers,
        parameters: [CommonParameters.task, CommonParameters.asOf, CommonParameters.ifNoneMatch],
        success: .init(
            "What is known of the labels.",
            .init(
                "application/json",
                schema: Schemas.reference("LabelStatus"),
                example: [
                    "task": "flights", "as_of": "2013-06-24T00:00:00Z", "rows_from": nil,
                    "predictions": 2,
                    "labelled": 1, "coverage": 0.5, "pending": 1, "overdue": 0, "corrected": 0,
                    "withdrawn": 0, "label_before_prediction": 0, "orphans": 1,
                    "orphan_ids": ["f-9"],
                    "delays": [
                        [
                            "label": "all", "n": 1, "p05_hours": 4, "p50_hours": 4,
                            "p95_hours": 4, "p99_hours": 4,
                        ]
                    ],
                    "uploads": ["predictions": counts, "labels": counts],
                ]
            ),
            headers: tag,
            hasForms: true
        ),
        problems: problems
    )
    static let verification = Operation(
        "verify",
        "Recompute every cell from the ledger and compare bit for bit",
        "Reads every row of the task. With repair, cells that differ are written anew from the rows and "
            + "compared once more; uploads to the task wait meanwhile.",
        tag: .service,
        parameters: [
            CommonParameters.task,
            Operation.Parameter(
                "repair",
                "Write cells that differ anew from the rows.",
                schema: CommonParameters.flag,
                example: false
            ),
        ],
        success: .init(
            "Whether what is stored is what the ledger gives.",
            .init(
                "application/json",
                schema: Schemas.reference("Verification"),
                example: [
                    "task": "flights", "clean": true, "cells": 240, "pairs": 120,
                    "predictions": 54316, "difference_count": 0, "differences": [],
                    "rows_from": nil, "repaired": false,
                ]
            )
        ),
        problems: [.notFound, .overloaded]
    )
}
