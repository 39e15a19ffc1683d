package import Evaluation

extension CalibrationReport: Shaped {
    /// A reliability diagram in numbers.
    package static let shape = Shape<CalibrationReport>.object(
        "The reliability diagram of a model.",
        [
            .member("task", .task) { $0.task.name },
            .member("model", .name) { $0.model },
            .member("as_of", .instant) { $0.asOf },
            .member("window", WindowReport.shape) { $0.window },
            .member(
                "bins",
                .list(of: ReliabilityBin.shape),
                "Bins that hold predictions, in ascending order."
            ) { $0.bins },
            .forgotten { $0.forgotten },
            .replay { ($0.replay, $0.task) },
        ]
    )
}

extension ReliabilityBin: Shaped {
    package static let shape = Shape<ReliabilityBin>.object(
        "Predictions whose score lies in an interval.",
        [
            .member("low", .share, "Included.") { $0.low },
            .member("high", .share, "Not included, except in the last bin.") { $0.high },
            .member("n", .count, "Labelled predictions.") { $0.n },
            .member("mean_score", .share) { $0.meanScore },
            .member("observed", .share, "Share of positives.") { $0.observed },
            .member("observed_low", .share, "95 % interval (Wilson).") { $0.observedLow },
            .member("observed_high", .share) { $0.observedHigh },
            .member(
                "consistent_low",
                .share,
                "Where the share of positives lies with 95 % if the scores are calibrated."
            ) { $0.consistentLow },
            .member("consistent_high", .share) { $0.consistentHigh },
        ]
    ).named("bin")
}
