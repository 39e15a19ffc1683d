package import Evaluation

extension AnswerShapes {
    /// Models over windows of time; the slice is `key=value`, if it is the report of one.
    package static let report = Shape<(report: Report, slice: String?)>.object(
        "What gnomon report --format json answers.",
        [
            .member("task", .task) { $0.report.task.name },
            .member("kind", .kind) { $0.report.task.kind },
            .member("as_of", .instant) { $0.report.asOf },
            .member("from", .instant) { $0.report.interval.lowerBound },
            .member("to", .instant) { $0.report.interval.upperBound },
            .member("by", .choice) { $0.report.period },
            .member("slice", .orNull(.text), "KEY=VALUE; null for all predictions.") { $0.slice },
            .member("exact", .flag, "Whether the rows were read.") { $0.report.isExact },
            .member(
                "champion_assumed_since",
                .orNull(.instant),
                "Since when the champion is taken for it; null where somebody has named a champion, or it is none "
                    + "of the models."
            ) { $0.report.models.compactMap(\.assumedSince).first },
            .member("models", .list(of: ModelReport.shape)) { $0.report.models },
            .contradictions { $0.report.contradictions },
            .forgotten { $0.report.forgotten },
            .replay { ($0.report.replay, $0.report.task) },
        ]
    )
}

extension Report {
    /// The answer; the slice is `key=value`, if it is the report of one.
    package func json(slice: String?) -> JSONValue { AnswerShapes.report.json((self, slice)) }
}

extension ModelReport: Shaped {
    package static let shape = Shape<ModelReport>.object([
        .member("model", .name) { $0.model },
        .member("version", .orNull(.name), "Null for all versions together.") { $0.version },
        .member("role", .choice, "The role as of the instant.") { $0.role },
        .member("windows", .list(of: WindowReport.shape)) { $0.windows },
    ])
}

extension WindowReport: Shaped {
    package static let shape = Shape<WindowReport>.object(
        "One interval of event time.",
        [
            .member("start", .instant) { $0.window.start },
            .member("end", .instant, "Not included.") { $0.window.end },
            .member("predictions", .count) { $0.predictions },
            .member("labelled", .count) { $0.labelled },
            .member(
                "implied",
                .count,
                "Labels that no_label_means: negative implies; part of labelled."
            ) { $0.implied },
            .member("pending", .count, "Unlabelled, and not past the horizon.") { $0.pending },
            .member("overdue", .count, "Unlabelled, and past it.") { $0.overdue },
            .member("coverage", .coverage) { $0.coverage },
            .member("mature", .flag, "Whether the horizon has passed for the whole window.") {
                $0.isMature
            },
            .member(
                "metrics",
                .table(
                    names: TaskKind.open.flatMap(\.reportedMetrics).map(\.name),
                    of: MetricEstimate.shape
                ),
                "By name."
            ) { $0.metrics.map { ($0.name, $0.estimate) } },
        ]
    ).named("window")
}

extension Shape where Value == Double? {
    static var coverage: Shape {
        let schema = Shape.orNull(.share).body
        return Shape(body: described(schema, "labelled / predictions; null without predictions.")) {
            JSONValue($0)
        }
    }
}

extension MetricEstimate: Shaped {
    package static let shape = Shape<MetricEstimate>.object(
        "One number with its uncertainty.",
        rules: JSONValue.reason(where: "value"),
        [
            .member(
                "value",
                .orNull(.number),
                "In the unit of the metric; null where it is undefined."
            ) { $0.value },
            .member(
                "low",
                .orNull(.number),
                "Lower end of the 95 % interval; null where none is made."
            ) { $0.low },
            .member("high", .orNull(.number), "Upper end of it.") { $0.high },
            .member("n", .count, "Labelled predictions.") { $0.n },
            .member(
                "bound",
                .orNull(.size),
                "The most by which the value may differ from that of the rows: 0 where it is exact, null where no "
                    + "bound is known."
            ) { $0.bound },
            .optional(
                "reason",
                .sentence,
                "Why there is no value or no interval, or an interval of another kind than usual."
            ) { $0.reason?.rawValue },
        ]
    ).named("estimate")
}
