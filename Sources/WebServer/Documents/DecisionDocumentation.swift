import Contract
import Evaluation

/// What the documentation says of comparisons, recommendations and recalibration.
enum DecisionDocumentation {
    private static let problems: [Problem.Kind] = [
        .invalidRequest, .notFound, .notPossible, .overloaded,
    ]
    private static let tag = [
        "ETag": "Stays the same as long as everything but the instant of asking does."
    ]
    private static let asOf = "2013-06-24T00:00:00Z"
    static let exitCode = Operation.Parameter(
        "exit_code",
        "For a command line elsewhere: let its exit status say the verdict.",
        schema: CommonParameters.flag,
        example: false
    )
    static let strictSlices = Operation.Parameter(
        "strict_slices",
        "With exit_code: a status of its own where the shadow to promote surely harms a slice.",
        schema: CommonParameters.flag,
        example: false
    )
    static let explain = Operation.Parameter(
        "explain",
        "In text: what correcting the scores and training anew would have won.",
        schema: CommonParameters.flag,
        example: false
    )
    /// What a page, which shows all of it and has no exit status, does not take.
    static let ofCommands = [exitCode, strictSlices, explain]
    private static let interval = [
        Operation.Parameter(
            "from",
            "From this date of the task's time zone, or instant, on.",
            example: "2013-01-01"
        ),
        Operation.Parameter(
            "to",
            "Up to this date or instant, without it.",
            example: "2013-02-01"
        ),
    ]
    private static let watch = [
        Operation.Parameter(
            "model",
            "The model to judge; without it the champion.",
            example: "champion"
        ),
        Operation.Parameter(
            "without_shadows",
            "Judge the champion alone, as if it had no shadows.",
            schema: CommonParameters.flag,
            example: false
        ),
        Operation.Parameter(
            "confirm",
            "Raise the alarm only if it stands in k of the last n blocks: k/n.",
            example: "3/5"
        ),
        Operation.Parameter(
            "cool_down",
            "Raise no alarm for so long after the watch was armed anew.",
            example: "14d"
        ),
    ]
    private static let answer: JSONValue = [
        "task": "flights", "model": "champion", "champion_assumed_since": nil,
        "as_of": .string(asOf), "verdict": "keep",
        "summary": "Keep champion: its risk is no higher than what it is held against.",
        "shadow": nil, "since": nil, "reasons": ["110 matured days."], "warnings": [],
        "evidence": [
            ["name": "matured_cohorts", "value": 110, "threshold": 20, "state": "ok"]
        ],
        "retraining": [
            "recalibrated": nil,
            "retrained": [
                "blocks": 110, "champion_loss": 0.16, "gain": 0.004, "gain_low": -0.001,
                "gain_high": 0.009, "share": 0.1, "log_e_value": -1.2, "threshold": 10.22,
                "pays_since": nil, "won_back": nil, "won_back_low": nil, "won_back_high": nil,
                "fitted_rows": 8_000, "features": 6,
            ],
        ],
        "training_window": nil, "change_point": nil, "slices": [],
        "epoch": ["cause": "start", "from": nil, "at": nil], "ledger": LedgerDocumentation.example,
    ]

    static let comparison = Operation(
        "compareModels",
        "Is a shadow better than the champion, on the same requests?",
        """
        Only requests that both scored and whose label is out are compared. The verdict rests on a \
        confidence sequence over matured days, so that looking every day is safe; several shadows share \
        its error probability by Holm's steps. A gain is positive when the shadow is better.
        """,
        tag: .answers,
        parameters: [
            CommonParameters.task,
            CommonParameters.champion,
            .init(
                "shadow",
                "Shadows, with commas between, each comma of a name after a backslash; without it all.",
                example: "shadow"
            ),
            .init(
                "metric",
                "The metric of the verdict: \(ComparisonMetric.listing).",
                example: "brier_score"
            ),
            .init(
                "margin",
                "Accept a shadow that is worse by at most this.",
                schema: ["type": "number", "exclusiveMinimum": 0],
                example: 0.001
            ),
            .init(
                "minimum_gain",
                "Promote only what gains more than this; give up what surely gains less.",
                schema: ["type": "number", "minimum": 0],
                example: 0
            ),
        ] + interval + [
            CommonParameters.asOf,
            .init(
                "exact",
                "Read the rows: adds the areas under the curve and their paired test (DeLong).",
                schema: CommonParameters.flag,
                example: false
            ), exitCode, CommonParameters.ifNoneMatch,
        ],
        success: .init(
            "The champion beside its shadows.",
            .init(
                "application/json",
                schema: Schemas.reference("Comparison"),
                example: [
                    "task": "flights", "champion": "champion", "champion_assumed_since": nil,
                    "as_of": .string(asOf),
                    "metric": "brier_score", "margin": nil, "minimum_gain": 0, "comparisons": [],
                    "ledger": LedgerDocumentation.example,
                ]
            ),
            headers: tag,
            hasForms: true
        ),
        problems: problems
    )
    static let recommendation = Operation(
        "getRecommendation",
        "Keep the champion, recalibrate, retrain, or promote a shadow?",
        """
        Judged on matured days against the baseline, and safe to ask every day. Every answer is kept with \
        what it was concluded from.
        """,
        tag: .answers,
        parameters: [CommonParameters.task] + watch
            + [CommonParameters.asOf] + ofCommands + [CommonParameters.ifNoneMatch],
        success: .init(
            "What to do about the champion.",
            .init(
                "application/json",
                schema: Schemas.reference("Recommendation"),
                example: answer
            ),
            headers: tag,
            hasForms: true
        ),
        problems: problems
    )
    static let walk = Operation(
        "walkRecommendations",
        "What would have been said on each day?",
        "Each change of the verdict, for somebody who asked every day.",
        tag: .answers,
        parameters: [CommonParameters.task] + watch
            + interval.map { parameter in
                var parameter = parameter
                parameter.isRequired = true
                return parameter
            },
        success: .init(
            "The changes.",
            .init(
                "application/json",
                schema: Schemas.reference("RecommendationWalk"),
                example: [
                    "task": "flights", "from": "2013-05-01T04:00:00Z",
                    "to": "2013-06-24T04:00:00Z",
                    "steps": [["days": 54, "recommendation": answer]],
                ]
            ),
            hasForms: true
        ),
        problems: problems
    )
    static let history = Operation(
        "listRecommendations",
        "The recommendations that were given, and what happened after",
        "The newest first.",
        tag: .answers,
        parameters: [
            CommonParameters.task,
            .init(
                "limit",
                "The newest so many.",
                schema: ["type": "integer", "minimum": 1, "maximum": 10_000],
                example: 20
            ),
        ],
        success: .init(
            "The recommendations.",
            .init(
                "application/json",
                schema: Schemas.reference("RecommendationHistory"),
                example: ["task": "flights", "recommendations": []]
            ),
            hasForms: true
        ),
        problems: problems
    )
    static let acknowledge = Operation(
        "acknowledgeAlarm",
        "Say that the alarm is dealt with, and why",
        "The watch starts anew. Refused where no alarm stands, unless a new baseline is asked for.",
        tag: .answers,
        parameters: [CommonParameters.task],
        body: .init([
            .init(
                "application/json",
                schema: Schemas.reference("NewAcknowledgement"),
                example: ["note": "Sensor exchanged", "new_baseline": true]
            )
        ]),
        success: .init(
            "The acknowledgement, with the instant from which it counts.",
            .init(
                "application/json",
                schema: Schemas.reference("Acknowledgement"),
                example: [
                    "task": "flights", "model": "champion", "acknowledged_at": .string(asOf),
                    "new_baseline": true, "note": "Sensor exchanged",
                    "accepted": [
                        "loss": "Brier score", "since": "2013-06-01T04:00:00Z", "risk": 0.21,
                        "baseline": 0.16,
                    ],
                ]
            ),
            hasForms: true
        ),
        problems: [.notFound, .notPossible, .tooLarge, .slowBody, .unsupportedType]
    )
    static let recalibration = Operation(
        "recalibrate",
        "The map that corrects a model's probabilities, validated on later days",
        """
        Without from and to, the older half of the last 56 blocks is fitted and the newer half validates. \
        The order of the scores stays, so the area under the curve does not change.
        """,
        tag: .answers,
        parameters: [
            CommonParameters.task,
            .init("model", "The model; without it the champion.", example: "champion"),
            .init(
                "method",
                "A line in log odds, or a nondecreasing step function.",
                schema: Schemas.choice(RecalibrationMethod.self),
                example: "platt"
            ),
        ] + interval + [CommonParameters.asOf, CommonParameters.ifNoneMatch],
        success: .init(
            "The map, and what it does to days that it has not seen.",
            .init(
                "application/json",
                schema: Schemas.reference("Recalibration"),
                example: [
                    "task": "flights", "model": "champion", "as_of": .string(asOf),
                    "method": "platt",
                    "map": [
                        "kind": "platt",
                        "formula":
                            "logit r = intercept + slope * logit p, p clipped to [1e-6, 1 - 1e-6]",
                        "intercept": 0.1, "slope": 0.9,
                    ],
                    "fit": [
                        "from": "2013-01-01T05:00:00Z", "to": "2013-02-01T05:00:00Z",
                        "rows": 26_000, "positives": 6_000,
                    ],
                    "validation": nil, "reason": "no day has matured after those that were fitted",
                ]
            ),
            headers: tag,
            hasForms: true
        ),
        problems: problems
    )
    static let maturing = Operation(
        "matureCohorts",
        "Freeze the cohorts that have reached an age",
        "Comparisons and recommendations do it when they are asked for, and the service by itself.",
        tag: .service,
        parameters: [CommonParameters.task],
        success: .init(
            "How many were frozen.",
            .init(
                "application/json",
                schema: Schemas.reference("Maturing"),
                example: ["task": "flights", "as_of": .string(asOf), "frozen": 3]
            ),
            hasForms: true
        ),
        problems: [.notFound, .overloaded]
    )
    static let pruning = Operation(
        "pruneRows",
        "Let go of rows that are older than the task's retention",
        "The service does it by itself. Cells and cohorts stay; what was let go of cannot be had back.",
        tag: .service,
        parameters: [
            CommonParameters.task,
            Operation.Parameter(
                "dry_run",
                "Tell what would be let go of, and keep it.",
                schema: CommonParameters.flag,
                example: true
            ),
        ],
        success: .init(
            "What was let go of.",
            .init(
                "application/json",
                schema: Schemas.reference("Pruning"),
                example: [
                    "task": "flights", "as_of": .string(asOf), "retention": "400d", "dry_run": true,
                    "partitions": 1, "rows": 54316, "rows_from": "2012-05-17T00:00:00Z",
                    "removed": 0,
                ]
            ),
            hasForms: true
        ),
        problems: [.notFound, .overloaded]
    )
}
