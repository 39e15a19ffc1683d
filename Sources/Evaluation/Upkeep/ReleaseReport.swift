/// What was let go of, or would be.
package struct ReleaseReport: Sendable, Equatable {
    package var task: Name
    package var retentionSeconds: Int64?
    package var partitions = 0
    /// Rows of predictions; each may hold the scores of several models.
    package var rows: Int64 = 0
    /// Where the rows begin that are kept; `nil` where all are.
    package var rowsFrom: Instant?

    package init(task: Name, retentionSeconds: Int64?) {
        self.task = task
        self.retentionSeconds = retentionSeconds
    }
}
