package import Evaluation

extension VerificationReport: Shaped {
    /// Whether what is stored is what the ledger gives.
    package static let shape = Shape<VerificationReport>.object(
        "Whether the stored cells are what the rows give.",
        rules: [
            "if": ["properties": ["clean": ["const": true]]],
            "then": ["properties": ["difference_count": ["const": 0]]],
            "else": ["properties": ["difference_count": ["type": "integer", "minimum": 1]]],
        ],
        [
            .member("task", .task) { $0.task },
            .member("clean", .flag) { $0.isClean },
            .member("cells", .count) { $0.cells },
            .member("pairs", .count, "Paired cells.") { $0.pairs },
            .member("predictions", .count, "Prediction ids that were read.") { $0.predictionIDs },
            .member("difference_count", .count) { $0.differenceCount },
            .member("differences", .list(of: .text), "The first of them, in sentences.") {
                $0.differences
            },
            .member(
                "rows_from",
                .orNull(.instant),
                "Where a retention has let go of rows: only cells from here on are compared; null where all are."
            ) { $0.rowsFrom },
            .member(
                "repaired",
                .flag,
                "Cells had differed and were written anew before these were compared."
            ) { $0.isRepaired },
        ]
    )
}

extension ForgettingReport: Shaped {
    /// What was deleted for good.
    package static let shape = Shape<ForgettingReport>.object(
        "What was deleted for good.",
        [
            .member("task", .task) { $0.task },
            .member("forgotten_at", .instant, "From when on it is gone.") { $0.forgottenAt },
            .member("dry_run", .flag, "Whether nothing was deleted, and this is what would be.") {
                $0.isDryRun
            },
            .member("requests", .count, "Prediction ids of which anything was held as rows.") {
                $0.requests
            },
            .member(
                "predictions",
                .count,
                "Rows of predictions that counted; one may hold the scores of several models."
            ) { $0.predictions },
            .member(
                "labels",
                .count,
                "All revisions of labels that counted, also of those that waited for their prediction."
            ) { $0.labels },
            .member("rejects", .count, "Rejected rows that held one of the names.") { $0.rejects },
            .member(
                "answers",
                .count,
                "Answers that were kept for their Idempotency-Key and held one of the names."
            ) { $0.answers },
        ]
    )
}

extension AnswerShapes {
    /// What went with a task.
    package static let taskDeletion = Shape<(removed: RemovedRows, task: Name)>.object(
        "What went with a task that was deleted.",
        [
            .member("task", .task, "The name that the task had.") { $0.task },
            .member("uploads", .count, "Its uploads; the small ones of an hour count as one.") {
                $0.removed.uploads
            },
            .member(
                "predictions",
                .count,
                "Rows of predictions; one may hold the scores of several models."
            ) { $0.removed.predictions },
            .member(
                "labels",
                .count,
                "All revisions of labels, also of those that waited for their prediction."
            ) { $0.removed.labels },
            .member("rejects", .count, "Rows that had been rejected and kept.") {
                $0.removed.rejects
            },
        ]
    )

    /// What a task has let go of.
    package static let pruning = Shape<
        (report: ReleaseReport, asOf: Instant, isDryRun: Bool, removed: Int64)
    >.object(
        "Which rows a task has let go of.",
        [
            .member("task", .task) { $0.report.task },
            .member("as_of", .instant, "The instant at which the retention was judged.") {
                $0.asOf
            },
            .member(
                "retention",
                .retention,
                "How long rows are kept after the prediction was made; none for ever."
            ) { $0.report.retentionSeconds },
            .member("dry_run", .flag, "Whether it is only told what would be let go of.") {
                $0.isDryRun
            },
            .member(
                "partitions",
                .count,
                "Table partitions that were let go of by this run."
            ) { $0.report.partitions },
            .member(
                "rows",
                .count,
                "Rows of predictions in them; one may hold the scores of several models."
            ) { $0.report.rows },
            .member(
                "rows_from",
                .orNull(.instant),
                "Where the rows begin that are kept; null where all are."
            ) { $0.report.rowsFrom },
            .member(
                "removed",
                .count,
                "Rows of predictions, of any task, that were let go of an hour ago or earlier and were removed from "
                    + "the disk by this run."
            ) { $0.removed },
        ]
    )

    /// How many cohorts were frozen.
    package static let maturing = Shape<(task: Name, asOf: Instant, frozen: Int)>.object(
        "How many cohorts were frozen.",
        [
            .member("task", .task) { $0.task },
            .member("as_of", .instant, "Cohorts that had reached an age by then are frozen.") {
                $0.asOf
            },
            .member("frozen", .count, "By this run; 0 where nothing was due.") { $0.frozen },
        ]
    )
}
