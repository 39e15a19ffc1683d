package import Evaluation

extension RecalibrationReport: Shaped {
    package static let shape = Shape<RecalibrationReport>.object(
        "A map that recalibrates a model, and what it does to later days; --export writes the same.",
        rules: JSONValue.reason(where: "validation"),
        [
            .member("task", .task) { $0.task.name },
            .member("model", .name) { $0.model },
            .member("as_of", .instant) { $0.asOf },
            .member("method", .choice) { $0.method },
            .member(
                "map",
                Map.shape,
                "From a score p to a recalibrated probability r, by its formula."
            ) { $0.map },
            .member("fit", Period.shape, "What the map was fitted on.") { $0.fit },
            .member(
                "validation",
                .orNull(Validation.shape),
                "What it does to the days after; null where none has matured."
            ) { $0.validation },
            .reason { $0.reason },
            .replay { ($0.replay, $0.task) },
        ]
    )
}

extension RecalibrationReport.Map {
    fileprivate static let shape = Shape<Self>.oneOf([platt.body, isotonic.body]) { map in
        switch map {
        case .line(let intercept, let slope): platt.json((intercept, slope))
        case .steps(let scores, let values): isotonic.json((scores, values))
        }
    }

    private static let platt = Shape<(intercept: Double, slope: Double)>.object([
        .member("kind", .constant("platt")) { _ in },
        .member(
            "formula",
            .constant("logit r = intercept + slope * logit p, p clipped to [1e-6, 1 - 1e-6]")
        ) { _ in },
        .member("intercept", .number) { $0.intercept },
        .member("slope", .number) { $0.slope },
    ])

    private static let isotonic = Shape<(scores: [Double], values: [Double])>.object([
        .member("kind", .constant("isotonic")) { _ in },
        .member(
            "formula",
            .constant("linear between the points, constant beyond the first and the last")
        ) { _ in },
        .member("scores", .list(of: .share, atLeast: 1), "Ascending.") { $0.scores },
        .member(
            "values",
            .list(of: .share, atLeast: 1),
            "Nondecreasing, one for each score."
        ) { $0.values },
    ])
}

extension RecalibrationReport.Period: Shaped {
    package static let shape = Shape<RecalibrationReport.Period>.object([
        .member("from", .instant) { $0.from },
        .member("to", .instant) { $0.to },
        .member("rows", .ordinal, "Labelled predictions.") { $0.rows },
        .member("positives", .count) { $0.positives },
    ]).named("period")
}

extension RecalibrationReport.Validation: Shaped {
    package static let shape = Shape<RecalibrationReport.Validation>.object([
        .member("period", RecalibrationReport.Period.shape) { $0.period },
        .member("metrics", changes) { $0 },
    ])

    private typealias Metric = (
        name: String,
        change: @Sendable (RecalibrationReport.Validation) -> RecalibrationReport.Change
    )

    private static let metrics: [Metric] = [
        ("brier_score", { $0.brier }), ("log_loss", { $0.logLoss }),
        ("mcb", { $0.miscalibration }), ("dsc", { $0.discrimination }),
    ]

    private static let changes = Shape<RecalibrationReport.Validation>.object(
        metrics.map { .member($0.name, RecalibrationReport.Change.shape, nil, $0.change) }
    )

    /// The metrics under their names.
    package var changes: [(name: String, change: RecalibrationReport.Change)] {
        Self.metrics.map { ($0.name, $0.change(self)) }
    }
}

extension RecalibrationReport.Change: Shaped {
    package static let shape = Shape<RecalibrationReport.Change>.object([
        .member("before", .number, "The model's value as it is.") { $0.before },
        .member("after", .number, "Its value with the map.") { $0.after },
        .member("gain", .number, "Positive when the map makes it better.") { $0.gain },
        .member(
            "low",
            .orNull(.number),
            "95 % interval for one look, days as blocks; null for mcb and dsc, and with fewer than two days."
        ) { $0.low },
        .member("high", .orNull(.number)) { $0.high },
    ]).named("recalibration_change")
}
