package import Evaluation

extension Comparison {
    static let unpaired = Shape<Comparison>.object([
        .member(
            "champion_only",
            .count,
            "Requests that only the champion scored; a request whose two predictions an interval parts belongs to the "
                + "earlier."
        ) { $0.championOnly },
        .member("shadow_only", .count, "Requests that only the shadow scored, likewise.") {
            $0.shadowOnly
        },
        .member(
            "unlabelled",
            .count,
            "Requests that both scored, without a label so far."
        ) { $0.unlabelledPairs },
    ])
}

extension ComparedMetric: Shaped {
    package static let shape = Shape<ComparedMetric>.object(
        "One metric of both models on the same labelled requests.",
        rules: JSONValue.reason(where: "gain"),
        [
            .member(
                "champion",
                .orNull(.number),
                "The champion's value over the labelled pairs."
            ) { $0.champion },
            .member("shadow", .orNull(.number), "The shadow's value over the same pairs.") {
                $0.shadow
            },
            .member(
                "gain",
                .orNull(.number),
                "Positive when the shadow is better, in the unit of the metric: for losses champion − shadow, for "
                    + "accuracy and area shadow − champion."
            ) { $0.gain },
            .member(
                "low",
                .orNull(.number),
                "Lower end of the 95 % interval of the gain, for one look, with days as blocks (DeLong for roc_auc)."
            ) { $0.low },
            .member("high", .orNull(.number), "Upper end of that interval.") { $0.high },
            .reason { $0.reason?.rawValue },
        ]
    ).named("metric")
}

extension ComparisonDecision: Shaped {
    package static let shape = Shape<ComparisonDecision>.object([
        .member("verdict", .choice(of: [.promote, .keepChampion])) { $0.verdict },
        .member("from", .instant) { $0.from },
        .member("until", .orNull(.instant), "When it was lost last; null while it holds.") {
            $0.until
        },
    ])
}

extension RecentGain: Shaped {
    package static let shape = Shape<RecentGain>.object([
        .member("from", .instant) { $0.from },
        .member("to", .instant) { $0.to },
        .member("pairs", .count) { $0.pairs },
        .member(
            "gain",
            .number,
            "Positive when the shadow is better, in the unit of the metric."
        ) { $0.gain },
        .member("low", .orNull(.number), "For one look; null with fewer than two days.") { $0.low },
        .member("high", .orNull(.number)) { $0.high },
    ])
}

extension SliceComparison {
    /// A slice, with its metric as comparisons have theirs.
    static func shape(
        _ metrics: Shape<[(name: String, value: ComparedMetric)]>
    ) -> Shape<SliceComparison> {
        .object(
            "A part of the traffic, with a sequence of its own.",
            [
                .member("key", .name) { $0.slice.key },
                .member("value", .name) { $0.slice.value },
                .member("pairs", .count, "Labelled pairs of the slice.") { $0.pairs },
                .member("apart", PairsApart.shape) { $0.apart },
                .member("metrics", metrics) { [($0.metric.name, $0.metric)] },
                .member("sequence", sequence) { $0 },
                .member(
                    "finding",
                    .choice,
                    "What holds with all slices together held to an error of 5 %. better: of the shadow."
                ) { $0.finding },
            ]
        ).named("slice")
    }

    private static let sequence = Shape<SliceComparison>.object([
        .member(
            "low",
            .orNull(.number),
            "Lower end of the confidence sequence of the mean gain of the slice; null before 20 matured days."
        ) { $0.low },
        .member("high", .orNull(.number)) { $0.high },
        .member("cohorts", .count) { $0.cohorts },
        .member("alpha", .level) { $0.alpha },
    ])
}

extension MorePairs {
    static let shape = Shape<MorePairs?>.oneOf([planned.body, unknown.body]) {
        $0.map(planned.json) ?? unknown.json(())
    }

    private static let planned = Shape<MorePairs>.object([
        .member("median", .count, "Pairs, for even odds.") { $0.median },
        .member("p80", .count, "Pairs, for 4 in 5.") { $0.p80 },
        .member("median_days", .count, "Matured days like the last ones that hold so many.") {
            $0.medianDays
        },
        .member("p80_days", .count) { $0.p80Days },
        .member(
            "median_at",
            .orNull(.instant),
            "When these have matured at the rate of the last ones; null where that has passed, and none came."
        ) { $0.medianAt },
        .member("p80_at", .orNull(.instant)) { $0.p80At },
        .member("gain", .positive, "The gain that is planned for; never the observed one.") {
            $0.gain
        },
    ])

    private static let unknown = Shape<Void>.object([
        .member("median", .nothing) { _ in },
        .member("p80", .nothing) { _ in },
        .member("reason", .constant("decided, or too few matured days with labelled pairs")) { _ in
        },
    ])
}
