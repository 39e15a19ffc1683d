package import Evaluation

extension LabelStatusReport: Shaped {
    /// What is known of the labels of a task.
    package static let shape = Shape<LabelStatusReport>.object(
        "What is labelled, and what is missing; counts are of prediction ids.",
        [
            .member("task", .task) { $0.task.name },
            .member("as_of", .instant) { $0.asOf },
            .member(
                "rows_from",
                .orNull(.instant),
                "Where a retention has let go of rows: only predictions from here on are counted; null where all are."
            ) { $0.rowsFrom },
            .member("predictions", .count) { $0.predictionIDs },
            .member("labelled", .count) { $0.labelled },
            .member("coverage", .coverage) { $0.coverage },
            .member("pending", .count, "Unlabelled, and not past the horizon.") { $0.pending },
            .member("overdue", .count, "Unlabelled, and past it.") { $0.overdue },
            .member("corrected", .count, "Labels that were revised.") { $0.corrected },
            .member("withdrawn", .count, "Labels that their senders took back.") { $0.withdrawn },
            .member(
                "label_before_prediction",
                .count,
                "Labels that were observed before their prediction was made."
            ) { $0.labelBeforePrediction },
            .member("orphans", .count, "Labels without a prediction.") { $0.orphans },
            .member("orphan_ids", .list(of: .text, atMost: 100), "The first 100 of them.") {
                $0.orphanIDs
            },
            .member("delays", .list(of: Delay.shape)) { $0.delays },
            .member("uploads", uploads) { $0 },
            .contradictions { $0.contradictions },
            .forgotten { $0.forgotten },
            .replay { ($0.replay, $0.task) },
        ]
    )

    private static let uploads = Shape<LabelStatusReport>.object(
        "Over all uploads, resends left out.",
        [
            .member("predictions", UploadCounts.shape) { $0.predictionUploads },
            .member("labels", UploadCounts.shape) { $0.labelUploads },
        ]
    )
}

extension LabelStatusReport.Delay: Shaped {
    package static let shape = Shape<LabelStatusReport.Delay>.object(
        "Quantiles of the delay from prediction to label, in hours.",
        [
            .member("label", .name, "all, or a class.") { $0.name },
            .member("n", .count) { $0.n },
            .member("p05_hours", .number) { $0.p05 },
            .member("p50_hours", .number) { $0.p50 },
            .member("p95_hours", .number) { $0.p95 },
            .member("p99_hours", .number) { $0.p99 },
        ]
    )
}
