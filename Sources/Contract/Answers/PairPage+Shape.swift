package import Evaluation

extension PairsApart: Shaped {
    package static let shape = Shape<PairsApart>.object(
        "How far apart both models are on the requests that both scored, with labels or without; null where no pair is known.",
        [
            .member("requests", .count, "Requests that both scored.") { $0.requests },
            .member("labelled", .count, "Those of them with a label.") { $0.labelled },
            .member(
                "distance",
                .orNull(.size),
                "In the unit of a score: of probabilities the root of the mean squared difference, of numbers the mean "
                    + "absolute difference."
            ) { $0.distance },
            .member(
                "decided_differently",
                .orNull(.share),
                "Share of the requests whose scores lie on different sides of the task's threshold; null for regression."
            ) { $0.decidedDifferently },
            .member(
                "labelled_decided_differently",
                .orNull(.share),
                "The same of those with a label."
            ) { $0.labelledDecidedDifferently },
        ]
    ).named("apart")
}

extension PairPage: Shaped {
    package static let shape = Shape<PairPage>.object(
        "Requests that a champion and a shadow both scored, those on which they are farthest apart first.",
        [
            .member("task", .task) { $0.task.name },
            .member("kind", .kind) { $0.task.kind },
            .member("as_of", .instant) { $0.asOf },
            .member("champion", .name) { $0.champion },
            .member("shadow", .name) { $0.shadow },
            .member("from", .orNull(.instant), "As it was asked for; null for all.") {
                $0.query.window.from
            },
            .member("to", .orNull(.instant)) { $0.query.window.to },
            .member("slice", .orNull(.text)) { $0.query.slice?.text },
            .member(
                "decided_differently",
                .flag,
                "Whether only requests are listed that both decide differently."
            ) { $0.query.decidedDifferently },
            .member("loss", .rowLoss, "What the gain of a request is in.") { $0.task.kind },
            .member("apart", PairsApart.shape, "Of all requests of the interval and the slice.") {
                $0.apart
            },
            .member("pairs", .list(of: pair), "Farthest apart first, at most as many as limit.") {
                $0.shown
            },
            .forgotten { $0.forgotten },
            .replay { ($0.replay, $0.task) },
        ]
    )

    package typealias Shown = (row: Row, task: PredictionTask)

    /// The rows with what it takes to read them.
    package var shown: [Shown] { rows.map { ($0, task) } }

    /// A request that both scored.
    package static let pair = Shape<Shown>.object(
        "What both predicted for a request, and what is known of its outcome.",
        [
            .member("prediction_id", .sentence) { $0.row.predictionID },
            .member("predicted_at", .instant, "Of the earlier of both predictions.") {
                $0.row.pair.anchor.prediction.predictedAt
            },
            .member("slices", .slices, "The slices that it belongs to, by key.") { $0.row.slices },
            .member("champion_version", .name) { $0.row.championVersion },
            .member("champion_score", .number) { $0.row.pair.champion.score },
            .member("shadow_version", .name) { $0.row.shadowVersion },
            .member("shadow_score", .number) { $0.row.pair.shadow.score },
            .member("distance", .size, "The absolute difference of the two scores.") {
                $0.row.pair.distance
            },
            .member(
                "decided_differently",
                .orNull(.flag),
                "Whether the scores lie on different sides of the task's threshold; null for regression."
            ) { $0.row.pair.isDecidedDifferently(of: $0.task) },
            .member("status", .choice, "How the report counts it.") { $0.row.pair.anchor.status },
            .member("label", .outcome) { ($0.row.pair.anchor.label, $0.task) },
            .member(
                "gain",
                .orNull(.number),
                "The champion's loss less the shadow's, positive where the shadow is better; null where the outcome is "
                    + "unknown."
            ) { $0.row.pair.gain(of: $0.task) },
            .member(
                "nearer",
                .orNull(.choice),
                "Which of both is nearer to the outcome; null where it is unknown."
            ) { $0.row.pair.nearer(of: $0.task) },
        ]
    ).named("request_pair")
}
