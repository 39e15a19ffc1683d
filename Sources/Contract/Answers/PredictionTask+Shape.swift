package import Evaluation

extension PredictionTask: Shaped {
    /// The settings of the task.
    package static let shape = Shape<PredictionTask>.object(
        "The settings of a task.",
        [
            .member("task", .task) { $0.name },
            .member("kind", .choice) { $0.kind },
            .member("classes", .list(of: .name), "In order; empty for regression.") { $0.classes },
            .member(
                "positive",
                .orNull(.name),
                "The class whose probability a score is; null unless binary."
            ) { $0.kind.has(.threshold) ? $0.positiveClassName : nil },
            .member(
                "threshold",
                .orNull(.share),
                "Decide for the positive class from this score on; null unless binary."
            ) { $0.kind.has(.threshold) ? $0.threshold : nil },
            .member(
                "horizon",
                .text("^[0-9]+[smhd]$"),
                "How long after a prediction its label may take."
            ) { DurationText.text($0.horizonSeconds) },
            .member(
                "no_label_means",
                .choice,
                "What a missing label means once the horizon has passed."
            ) { $0.labelPolicy },
            .member("time_zone", .text, "Where days begin; an IANA name.") { $0.timeZone.name },
            .member("bucket", .choice, "The smallest interval that is reported.") { $0.bucketSize },
            .member("slices", .list(of: .name), "Slice keys.") { $0.sliceKeys },
            .member(
                "evidence_unit",
                .choice,
                "What counts as one independent piece of evidence."
            ) { $0.evidenceUnit },
            .member("label_sources", .list(of: .name), "The most trusted first.") {
                $0.labelSources
            },
            .member(
                "baseline",
                .text("^(first:[0-9]+[smhd]|file|.+Z\\.\\..+Z)$"),
                "What later risk is held against: first:60d, FROM..TO as instants, or file."
            ) { BaselineText.text($0.baseline, task: $0) },
            .member(
                "tolerance",
                .text("^[0-9.e+-]+%?$"),
                "By how much the risk may exceed the baseline: a share of it with %, or an amount in the unit of "
                    + "the loss."
            ) { ToleranceText.text($0.tolerance) },
            .member(
                "partition",
                .word(PartitionDays.allCases.map(PartitionText.text)),
                "The width of table partitions."
            ) { PartitionText.text($0.partitionDays) },
            .member(
                "retention",
                .retention,
                "How long rows are kept after the prediction; none for ever."
            ) { $0.retentionSeconds },
        ]
    ).named("task")

    /// The name of the positive class, where there is one.
    package var positiveClassName: Name? {
        classes.indices.contains(positiveClass) ? classes[positiveClass] : nil
    }
}

extension Shape where Value == Int64? {
    /// How long rows are kept.
    static var retention: Shape {
        Shape(body: ["type": "string", "pattern": "^(none|[0-9]+[smhd])$"]) {
            .string(RetentionText(seconds: $0).text)
        }
    }
}
