package import Evaluation

extension UploadReport: Shaped {
    /// What became of the rows.
    package static let shape = Shape<UploadReport>.object(
        "What became of the rows of an upload.",
        [
            .member("task", .task) { $0.task },
            .member(
                "upload",
                .orNull(.ordinal),
                "The upload that holds the rows; of small writes, the one of their hour. null where nothing was kept."
            ) { $0.uploadID },
        ]
            + Shape.members(of: UploadCounts.shape) { $0.counts }
            + [
                .member(
                    "contradicts",
                    .list(of: AnswerShapes.contradicted),
                    "The uploads that its rows contradict, those by the most rows first: other contents of "
                        + "predictions, other labels of one source and time."
                ) { $0.contradicted },
                .member(
                    "hints",
                    .list(of: .sentence),
                    "What may be worth a thought, in sentences; nothing was done about it. Empty for a resend, and for "
                        + "few rows that are written together with those of others."
                ) { $0.hints },
                .member(
                    "resend",
                    .flag,
                    "Whether the very same input had been kept before; the counts are those of then."
                ) { $0.isResend },
                .member("dry_run", .flag, "Whether nothing was kept because nothing was to be.") {
                    $0.isDryRun
                },
                .member(
                    "refused",
                    .flag,
                    "Whether nothing was kept because of rejects under --strict."
                ) { $0.isRefused },
                .member(
                    "rejects",
                    .list(of: Reject.shape, atMost: UploadReport.rejectLimit),
                    "The first 1,000."
                ) { $0.rejects },
            ]
    )
}

extension AnswerShapes {
    fileprivate static let contradicted = Shape<(uploadID: Int64, rows: Int64)>.object([
        .member(
            "upload",
            .ordinal,
            "That of what stood until then; this one where its rows contradict each other."
        ) { $0.uploadID },
        .member("rows", .ordinal) { $0.rows },
    ])

    /// Rejected rows of a task, each as it was given, so that it can be mended and sent again.
    package static let rejectList = Shape<(rejects: [Reject], task: Name)>.object(
        "Rejected rows of predictions and labels, of the newest upload first.",
        [
            .member("task", .task) { $0.task },
            .member("rejects", .list(of: rejectedRow)) { $0.rejects },
        ]
    )

    package static let rejectedRow = Shape<Reject>.object(
        "A row that could not be used, as it was given.",
        Reject.shape.members + [.member("row", .text, "The row as it came.") { $0.row }]
    )
}

extension Reject: Shaped {
    package static let shape = Shape<Reject>.object(
        "A row that could not be used.",
        [
            .member("file", .text) { $0.file },
            .member("line", .ordinal) { $0.line },
            .member("field", .text) { $0.field },
            .member("value", .text) { $0.value },
            .member("reason", .sentence, "What is wrong, and what is allowed.") { $0.reason },
        ]
    ).named("reject")
}
