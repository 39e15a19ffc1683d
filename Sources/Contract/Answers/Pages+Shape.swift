package import Evaluation

/// Pages of lists that may be long; the cursor leads to the next page, if there is one.
extension AnswerShapes {
    package static let rejectPage = Shape<
        (rejects: [(uploadID: Int64, reject: Reject)], task: Name, cursor: String?)
    >.object([
        .member("task", .task) { $0.task },
        .member("rejects", .list(of: storedReject)) { $0.rejects },
        .nextCursor { $0.cursor },
    ])

    private static let storedReject = Shape<(uploadID: Int64, reject: Reject)>.object(
        Shape.members(of: rejectedRow) { $0.reject }
            + [.member("upload", .ordinal, "The upload that brought it.") { $0.uploadID }]
    ).named("rejected_row")

    /// All of them, as the command line has them.
    package static let orphanList = Shape<(ids: [String], task: Name)>.object(
        "The prediction ids that have labels but no prediction, in order.",
        [
            .member("task", .task) { $0.task },
            .member("orphan_ids", .list(of: .text)) { $0.ids },
        ]
    )

    package static let orphanPage = Shape<(ids: [String], task: Name, cursor: String?)>.object([
        .member("task", .task) { $0.task },
        .member("orphan_ids", .list(of: .text)) { $0.ids },
        .nextCursor { $0.cursor },
    ])

    package static let uploadPage = Shape<
        (uploads: [UploadRecord], task: Name, cursor: String?)
    >.object([
        .member("task", .task) { $0.task },
        .member("uploads", .list(of: UploadRecord.shape)) { $0.uploads },
        .nextCursor { $0.cursor },
    ])

    package static let changePage = Shape<(changes: [RecordedChange], cursor: String?)>.object([
        .member("changes", .list(of: RecordedChange.shape)) { $0.changes },
        .nextCursor { $0.cursor },
    ])
}

extension Shape.Member {
    static func nextCursor(_ read: @escaping @Sendable (Value) -> String?) -> Self {
        .member(
            "next_cursor",
            .orNull(.text),
            "To be given as cursor for the next page; null on the last one.",
            read
        )
    }
}
