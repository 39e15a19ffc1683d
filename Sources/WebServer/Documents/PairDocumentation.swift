import Contract
import Evaluation

/// What the documentation says of requests that two models scored.
enum PairDocumentation {
    private static let pair: JSONValue = [
        "prediction_id": "f-1", "predicted_at": "2013-01-01T10:00:00Z",
        "slices": ["origin": "JFK"], "champion_version": "v1", "champion_score": 0.25,
        "shadow_version": "r07", "shadow_score": 0.75, "distance": 0.5,
        "decided_differently": true, "status": "labelled", "label": "1", "gain": 0.5,
        "nearer": "shadow",
    ]
    private static let decidedDifferently = Operation.Parameter(
        "decided_differently",
        "Only requests that both decide differently, at the task's threshold.",
        schema: CommonParameters.flag,
        example: true
    )
    private static let shadow = Operation.Parameter(
        "shadow",
        "The shadow; without it the only one.",
        example: "shadow"
    )

    static let pairs = Operation(
        "listPairs",
        "On which requests do champion and shadow differ most?",
        "The requests that both scored, with labels or without, those first on which the two scores are farthest apart; "
            + "in one page. The gain of a request is the champion's loss less the shadow's, where loss is its part of the "
            + "Brier score, of a regression task its absolute error.",
        tag: .answers,
        parameters: [CommonParameters.task, CommonParameters.champion, shadow]
            + CommonParameters.window.filter { !["model", "exact"].contains($0.name) }
            + [decidedDifferently, CommonParameters.limit],
        success: .init(
            "Them, and how far apart both are on all.",
            .init(
                "application/json",
                schema: Schemas.reference("PairPage"),
                example: [
                    "task": "flights", "kind": "binary", "as_of": "2013-06-24T00:00:00Z",
                    "champion": "champion", "shadow": "shadow", "from": "2013-01-01T05:00:00Z",
                    "to": nil, "slice": nil, "decided_differently": false, "loss": "brier_score",
                    "apart": [
                        "requests": 27158, "labelled": 26483, "distance": 0.0831,
                        "decided_differently": 0.031, "labelled_decided_differently": 0.0302,
                    ],
                    "pairs": [pair],
                ]
            ),
            hasForms: true
        ),
        problems: [.invalidRequest, .notFound, .notPossible, .overloaded]
    )
}
