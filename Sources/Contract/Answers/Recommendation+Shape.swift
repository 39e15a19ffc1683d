package import Evaluation

extension Recommendation: Shaped {
    package static let shape = Shape<Recommendation>.object(
        "What to do about a champion, and everything that says so.",
        rules: ["allOf": [promotion, alarm, correction, silence]],
        [
            .member("task", .task) { $0.task.name },
            .member("model", .name, "The model that is judged.") { $0.model },
            .championAssumedSince { $0.championAssumedSince },
            .present { $0.asOf },
            .member("verdict", .choice, "What to do.") { $0.verdict },
            .member(
                "summary",
                .sentence,
                "One sentence for somebody who knows no statistics."
            ) { $0.summary },
            .member(
                "shadow",
                .orNull(.name),
                "The shadow to promote; null for other verdicts."
            ) { $0.shadow },
            .member(
                "since",
                .orNull(.instant),
                "When the ground of the verdict was known: of the alarm, or of the shadow being better; null without "
                    + "either."
            ) { $0.since },
            .member("reasons", .list(of: .text), "Sentences, the weightiest first.") {
                $0.reasons
            },
            .member(
                "warnings",
                .list(of: .text),
                "Slices that the best shadow surely harms, in sentences."
            ) { $0.warnings },
            .member("evidence", .list(of: Evidence.shape, atLeast: 1)) { $0.evidence },
            .member("retraining", RetrainingValue.shape) { $0.retraining },
            .member(
                "training_window",
                .orNull(window),
                "From the change point to the end of the last matured day; null without an alarm, where a shadow is promoted, and where that is too little."
            ) { $0.trainingWindow },
            .member(
                "change_point",
                .orNull(.instant),
                "Start of the day with which the rise of the risk is estimated to begin; null without an alarm."
            ) { $0.changePoint },
            .member(
                "slices",
                .list(of: SliceAlarm.shape),
                "The declared slices in which the risk has left its bound."
            ) {
                $0.slices
            },
            .member("epoch", RetrainingMonitor.Epoch.shape) { $0.epoch },
            .contradictions { $0.contradictions },
            .forgotten { $0.forgotten },
            .member("ledger", LedgerSummary.shape) { $0.ledger },
            .replay { ($0.replay, $0.task) },
        ]
    ).named("recommendation")

    private static let window = Shape<Window>.object([
        .member("from", .instant) { $0.lowerBound },
        .member("to", .instant) { $0.upperBound },
    ])

    private static let instant = Shape.instant.schema
    private static let none: JSONValue = ["type": "null"]

    private static func verdict(_ verdicts: RecommendationVerdict...) -> JSONValue {
        ["properties": ["verdict": Shape.choice(of: verdicts).schema]]
    }

    /// Who promotes names a shadow, and since when it is better.
    private static let promotion: JSONValue = [
        "if": verdict(.promote),
        "then": ["properties": ["shadow": ["type": "string"], "since": instant]],
        "else": ["properties": ["shadow": none]],
    ]

    private static let alarm: JSONValue = [
        "if": verdict(.retrain),
        "then": ["properties": ["since": instant, "change_point": instant]],
    ]

    /// Correcting the scores may surely pay without an alarm, and so without a change.
    private static let correction: JSONValue = [
        "if": verdict(.recalibrate),
        "then": ["properties": ["since": instant]],
    ]

    private static let silence: JSONValue = [
        "if": verdict(.insufficientEvidence),
        "then": ["properties": ["since": none, "change_point": none]],
    ]
}

extension SliceAlarm: Shaped {
    package static let shape = Shape<SliceAlarm>.object(
        "A slice in which the risk relative to a constant forecast has left its bound.",
        [
            .member("key", .name) { $0.slice.key },
            .member("value", .name) { $0.slice.value },
            .member(
                "since",
                .orNull(.instant),
                "Since when the model itself is seen to do worse there; null while only its cases are."
            ) { $0.confirmedAt },
            .member(
                "change_point",
                .instant,
                "Start of the day with which the rise is estimated to begin."
            ) {
                $0.change
            },
            .member("log_e_value", .number) { $0.logEvidence },
            .member(
                "threshold",
                .number,
                "The log e-value at which an alarm is raised, by how many slices are watched."
            ) {
                $0.logThreshold
            },
            .member("baseline_relative_risk", .number) { $0.baselineRisk },
            .member("relative_risk_bound", .number) { $0.bound },
            .member("recent_relative_risk", .number, "Of the last blocks.") { $0.recentRisk },
            .member("recent_rows", .count, "The labelled rows of the last blocks.") {
                $0.recentRows
            },
        ]
    ).named("slice_alarm")
}

extension RetrainingMonitor.Epoch: Shaped {
    package static let shape = Shape<RetrainingMonitor.Epoch>.object(
        "Since when evidence is collected, and why since then.",
        [
            .member("cause", .choice, "What armed the watch.") { $0.cause },
            .member(
                "from",
                .orNull(.instant),
                "Days that start earlier are no evidence; null for all days."
            ) { $0.from },
            .member("at", .orNull(.instant), "When it became known; null for the start.") { $0.at },
        ]
    ).named("epoch")
}

extension Evidence: Shaped {
    package static let shape = Shape<Evidence>.object(
        "One number that the recommendation rests on.",
        rules: [
            "if": ["properties": ["state": ["const": "alarm"]]],
            "then": ["properties": ["value": ["type": "number"], "threshold": ["type": "number"]]],
        ],
        [
            .member(
                "name",
                names,
                "What it is; see docs/commands.md. Risks and gains are in the unit of the loss; gains and changes of "
                    + "discrimination are positive when better, changes of risk and of miscalibration when worse."
            ) { $0.name },
            .member(
                "value",
                .orNull(.number),
                "Null where there is nothing to compute it from; the state is then missing or the summary says so."
            ) { $0.value },
            .member(
                "threshold",
                .orNull(.number),
                "What the value is held against; null where it is only shown."
            ) { $0.threshold },
            .member(
                "state",
                .choice,
                "ok; watch: worth a look, decides nothing by itself; alarm: the risk has left its bound; missing: not "
                    + "enough to say."
            ) { $0.state },
        ]
    ).named("evidence")

    private static let names = Shape<String>.anyOf([
        .word(Measure.allCases.map(\.rawValue)),
        .text("^\(Measure.riskLogEvidence.rawValue)_[0-9]+[dhms]$"),
    ])
}
