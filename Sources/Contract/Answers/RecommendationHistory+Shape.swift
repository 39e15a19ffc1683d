package import Evaluation

extension AnswerShapes {
    /// The recommendations that were given.
    package static let recommendationHistory = Shape<(entries: [PastRecommendation], task: Name)>
        .object(
            "The recommendations that were given, the newest first.",
            [
                .member("task", .task) { $0.task },
                .member("recommendations", .list(of: PastRecommendation.shape)) { $0.entries },
            ]
        )

    /// What was recommended on each day of an interval.
    package static let recommendationWalk = Shape<
        (steps: [RecommendationStep], days: Window, task: Name)
    >.object(
        "The recommendation of each day of an interval; a step for each change of verdict or shadow.",
        [
            .member("task", .task) { $0.task },
            .member("from", .instant) { $0.days.lowerBound },
            .member("to", .instant) { $0.days.upperBound },
            .member("steps", .list(of: RecommendationStep.shape)) { $0.steps },
        ]
    )

    /// An alarm that was taken as dealt with.
    package static let acknowledgement = Shape<
        (acknowledged: Acknowledgement, accepted: AcceptedRisk?, task: Name)
    >.object(
        "An alarm that was taken as dealt with.",
        [
            .member("task", .task) { $0.task },
            .member("model", .name) { $0.acknowledged.model },
            .member("acknowledged_at", .instant, "From when on it counts.") {
                $0.acknowledged.instant
            },
            .member("new_baseline", .flag, "Whether what follows becomes the new baseline.") {
                $0.acknowledged.renewsBaseline
            },
            .member("note", .text(longest: 1_000), "Why, for those who read the history.") {
                $0.acknowledged.note
            },
            .member("accepted", .orNull(AcceptedRisk.shape), "Null where no alarm stood.") {
                $0.accepted
            },
        ]
    )
}

extension AcceptedRisk: Shaped {
    package static let shape = Shape<AcceptedRisk>.object(
        "The risk that is accepted with an alarm.",
        [
            .member("loss", .text, "What the risk is of.") { $0.loss },
            .member("since", .instant, "With which day it is estimated to have risen.") {
                $0.since
            },
            .member("risk", .number, "Over the last 28 blocks.") { $0.risk },
            .member("baseline", .number, "Of the baseline.") { $0.baseline },
        ]
    ).named("accepted_risk")
}

extension RecommendationStep: Shaped {
    package static let shape = Shape<RecommendationStep>.object([
        .member("days", .ordinal, "Days for which the recommendation held.") { $0.days },
        .member("recommendation", Recommendation.shape, "As of the first of the days.") {
            $0.recommendation
        },
    ])
}

extension PastRecommendation: Shaped {
    package static let shape = Shape<PastRecommendation>.object([
        .member("as_of", .instant) { $0.record.asOf },
        .member("asked_at", .orNull(.instant), "The server's clock when it was first asked.") {
            $0.record.askedAt
        },
        .member(
            "replay",
            .flag,
            "Whether it is a replay: about an instant before the task was created, so that nobody can have acted on "
                + "it then."
        ) { $0.record.isReplay },
        .member("model", .name) { $0.record.model },
        .member("verdict", .choice, "What was said.") { $0.record.verdict },
        .member("after", RecommendationAftermath.shape) { $0.after },
        .member(
            "inputs",
            .text(mediaType: "application/json"),
            "What it was concluded from, as JSON: program, settings, options, ledger (number of cohorts and digest), "
                + "epoch."
        ) { $0.record.inputs },
        .member(
            "answer",
            .text(mediaType: "application/json"),
            "The answer as it was given, byte for byte; its schema is recommend.schema.json."
        ) { $0.record.answer },
    ])
}

extension RecommendationAftermath: Shaped {
    package static let shape = Shape<RecommendationAftermath>.object(
        "What became of the model after the recommendation.",
        [
            .member(
                "loss",
                .orNull(.number),
                "Mean loss over the days that matured in the \(RecentDays.count) days after; null where none did. Lower is "
                    + "better."
            ) { $0.risk },
            .member("labelled", .count, "Labelled predictions that it is the mean of.") { $0.rows },
            .member(
                "champion",
                .orNull(.name),
                "The first other champion after it; null while there is none."
            ) { $0.champion?.model },
            .member("champion_since", .orNull(.instant)) { $0.champion?.validFrom },
            .member(
                "acknowledged_at",
                .orNull(.instant),
                "The first acknowledgement of an alarm of the model after it."
            ) { $0.acknowledgedAt },
        ]
    ).named("after")
}
