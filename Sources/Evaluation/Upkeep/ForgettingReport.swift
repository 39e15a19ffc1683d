/// What was deleted.
package struct ForgettingReport: Sendable, Equatable {
    package var task: Name
    package var forgottenAt: Instant
    package var isDryRun: Bool
    /// Of which anything was held.
    package var requests = 0
    /// Rows of predictions that counted; one may hold the scores of several models.
    package var predictions: Int64 = 0
    /// All revisions that counted, also of labels that waited for their prediction.
    package var labels: Int64 = 0
    package var rejects = 0
    /// Answers that were kept to be given again.
    package var answers = 0

    package init(task: Name, forgottenAt: Instant, isDryRun: Bool) {
        self.task = task
        self.forgottenAt = forgottenAt
        self.isDryRun = isDryRun
    }
}
