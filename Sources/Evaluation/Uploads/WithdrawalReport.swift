/// What was taken back.
package struct WithdrawalReport: Sendable, Equatable {
    package var task: Name
    /// From when on the rows do not count.
    package var withdrawnAt: Instant
    package var uploads: [WithdrawnUpload] = []

    package init(task: Name, withdrawnAt: Instant) {
        self.task = task
        self.withdrawnAt = withdrawnAt
    }
}

/// An upload that was taken back.
package struct WithdrawnUpload: Sendable, Equatable {
    package var entry: UploadEntry
    /// The one that took it back; an earlier one where it was taken back already.
    package var withdrawal: Withdrawal
    /// Whether it was this one.
    package var isNew: Bool
    /// Rows of the upload that stay counted, for they are no longer held as rows; `nil` where only some of the
    /// small writes of an hour were taken back.
    package var stayed: Int64?
    /// Of the requests that lost rows, those of days whose evidence is fixed: there the rows stay counted.
    package var late = 0

    package init(entry: UploadEntry, withdrawal: Withdrawal, isNew: Bool) {
        self.entry = entry
        self.withdrawal = withdrawal
        self.isNew = isNew
    }
}
