package import Evaluation

extension ComparisonReport: Shaped {
    package static let shape = Shape<ComparisonReport>.object(
        "What gnomon compare --format json answers. A gain is positive when the shadow is better, whatever the metric.",
        [
            .member("task", .task) { $0.task.name },
            .member("champion", .name) { $0.champion },
            .championAssumedSince { $0.championAssumedSince },
            .present { $0.asOf },
            .member("metric", .word(metrics), "The metric of the verdicts.") { $0.metric.name },
            .member(
                "margin",
                .orNull(.positive),
                "The loss that is still as good as none; null: better only."
            ) { $0.options.margin },
            .member("minimum_gain", .size, "The gain from which on a shadow is promoted.") {
                $0.options.minimumGain
            },
            .member("comparisons", .list(of: comparison), "One for each shadow; empty without one.")
            { report in
                report.comparisons.map { ($0, report.task) }
            },
            .contradictions { $0.contradictions },
            .forgotten { $0.forgotten },
            .member("ledger", LedgerSummary.shape) { $0.ledger },
            .replay { ($0.replay, $0.task) },
        ]
    )

    /// Those of a task of any kind.
    private static let metrics: [String] = {
        var names: [String] = []
        for metric in TaskKind.open.flatMap(ComparisonMetric.all)
        where !names.contains(metric.name) {
            names.append(metric.name)
        }
        return names
    }()

    private static let comparison = Shape<(comparison: Comparison, task: PredictionTask)>.object(
        "A shadow against the champion.",
        rules: [
            "allOf": [
                [
                    "if": ["properties": ["verdict": ["const": "undecided"]]],
                    "then": ["properties": ["decided_at": ["type": "null"]]],
                    "else": ["properties": ["decided_at": Shape.instant.schema]],
                ]
            ]
        ],
        [
            .member("shadow", .name) { $0.comparison.shadow },
            .member("pairs", .count, "Labelled requests that both scored.") {
                $0.comparison.pairs
            },
            .member("unpaired", Comparison.unpaired) { $0.comparison },
            .member("apart", PairsApart.shape) { $0.comparison.apart },
            .member("metrics", compared) { $0.comparison.metrics.map { ($0.name, $0) } },
            .member("sequence", ComparisonSequence.shape) { $0.comparison.sequence },
            .member("check", ComparisonCheck.shape) { $0.comparison.check },
            .member("tests", ComparisonTests.shape) { ($0.comparison.tests, $0.task) },
            .member(
                "recent",
                .orNull(RecentGain.shape),
                "The last \(RecentDays.count) matured days, or more where they hold few pairs; null "
                    + "where none matured."
            ) { $0.comparison.recent },
            .member(
                "slices",
                .list(of: SliceComparison.shape(compared))
            ) { $0.comparison.slices },
            .member("health", ShadowHealth.shape) { $0.comparison.health },
            .member(
                "guardrails",
                .orNull(ServiceGuardrails.shape),
                "Failures and latency of both on the last day of traffic; null without any."
            ) { $0.comparison.guardrails },
            .member(
                "verdict",
                .choice,
                "promote: the gain is surely above minimum_gain. keep_champion: it is surely below 0 or "
                    + "minimum_gain. non_inferior: surely above −margin. undecided: none of these yet, or there is a veto."
            ) { $0.comparison.verdict },
            .member(
                "vetoes",
                .list(of: PromotionVeto.shape),
                "Why a gain that is sure over all days is not acted on; empty where it is, and where it is not sure."
            ) { $0.comparison.standing.vetoes },
            .member(
                "decided_at",
                .orNull(.instant),
                "When the present verdict was first reached; null while undecided."
            ) { $0.comparison.sequence.decidedAt },
            .member(
                "first_decision",
                .orNull(ComparisonDecision.shape),
                "The first time that the shadow was found to be better or worse, whether that still holds or not."
            ) { $0.comparison.sequence.firstDecision },
            .member("reasons", .list(of: .text, atLeast: 1), "Sentences, the verdict first.") {
                $0.comparison.reasons
            },
            .member(
                "more_pairs_needed",
                MorePairs.shape,
                "Labelled pairs still to come for a real gain of interest to be found."
            ) { $0.comparison.morePairsNeeded },
        ]
    ).named("shadow_comparison")

    private static let compared = Shape<[(name: String, value: ComparedMetric)]>
        .table(names: metrics, of: ComparedMetric.shape)
}

extension Shape.Member {
    /// Since when a model is taken for the champion.
    static func championAssumedSince(_ read: @escaping @Sendable (Value) -> Instant?) -> Self {
        .member(
            "champion_assumed_since",
            .orNull(.instant),
            "Since when the model is taken for the champion; null where somebody has named a champion, or the "
                + "question a model.",
            read
        )
    }

    /// The present of a decision.
    static func present(_ read: @escaping @Sendable (Value) -> Instant) -> Self {
        .member(
            "as_of",
            .instant,
            "The present of the answer; with --as-of of it the answer is the same for ever.",
            read
        )
    }
}
