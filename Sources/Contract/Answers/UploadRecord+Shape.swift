package import Evaluation

extension UploadRecord: Shaped {
    /// An upload as the ledger has it, with all that was taken back of it.
    package static let shape = Shape<UploadRecord>.object(
        "An upload as the ledger has it.",
        [
            .member("upload", .ordinal, "The number of the upload.") { $0.entry.id },
            .member("kind", .choice) { $0.entry.kind },
            .member("known_at", .instant, "When its rows became known.") { $0.entry.knownAt },
            .member(
                "last_known_at",
                .instant,
                "Of the small writes of an hour, when the newest became known; else as known_at."
            ) { $0.entry.lastKnownAt ?? $0.entry.knownAt },
            .member(
                "tokens",
                .list(of: .name),
                "The tokens that it came by; none on the command line."
            ) { $0.entry.tokenNames },
        ]
            + Shape.members(of: UploadCounts.shape) { $0.entry.counts }
            + [
                .member(
                    "withdrawn_at",
                    .orNull(.instant),
                    "When it was taken back, or the last time that some of its small writes were; null where it "
                        + "counts."
                ) { $0.withdrawals.last?.withdrawnAt },
                .member(
                    "withdrawals",
                    .list(of: Withdrawal.shape),
                    "What was taken back of it, the earliest first."
                ) { $0.withdrawals },
            ]
    ).named("upload_entry")
}

extension Withdrawal: Shaped {
    package static let shape = Shape<Withdrawal>.object(
        "That rows of an upload were taken back.",
        [
            .member("withdrawn_at", .instant, "From when on the rows do not count.") {
                $0.withdrawnAt
            },
            .member("author", .text, "A token, or: command line.") { $0.author },
            .member("note", .sentence, "Why.") { $0.note },
            .member("rows", .count, "Rows that were taken back, as they were told.") { $0.rows },
            .member(
                "from",
                .orNull(.instant),
                "Of the small writes of an hour: what was known from this instant on; null for all, and for a whole "
                    + "upload."
            ) { $0.interval?.from },
            .member(
                "to",
                .orNull(.instant),
                "Of the small writes of an hour: what was known before this instant; null for a whole upload."
            ) { $0.interval?.to },
        ]
    ).named("upload_withdrawal")
}

extension WithdrawalReport: Shaped {
    package static let shape = Shape<WithdrawalReport>.object(
        "What was taken back.",
        [
            .member("task", .task) { $0.task },
            .member("uploads", .list(of: WithdrawnUpload.shape, atLeast: 1)) { $0.uploads },
        ]
    )
}

extension WithdrawnUpload: Shaped {
    package static let shape = Shape<WithdrawnUpload>.object(
        "An upload of which something was taken back.",
        [
            .member("upload", .ordinal, "The number of the upload.") { $0.entry.id },
            .member("kind", .choice(of: [.predictions, .labels])) { $0.entry.kind },
            .member("new", .flag, "Whether it was taken back now, and not before.") { $0.isNew },
            .member("withdrawal", Withdrawal.shape, "The one that took it back.") {
                $0.withdrawal
            },
            .member(
                "stayed",
                .orNull(.count),
                "Rows of it that stay counted, for they are no longer held as rows; null where some of the small "
                    + "writes of an hour were taken back."
            ) { $0.stayed },
            .member(
                "late",
                .count,
                "Requests that lost rows in days whose evidence is fixed."
            ) { $0.late },
        ]
    )
}

extension AnswerShapes {
    package static let uploadList = Shape<(uploads: [UploadRecord], task: Name)>.object(
        "The uploads of a task, the newest first.",
        [
            .member("task", .task) { $0.task },
            .member("uploads", .list(of: UploadRecord.shape)) { $0.uploads },
        ]
    )
}
