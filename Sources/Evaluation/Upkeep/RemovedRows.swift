/// What was removed with a task.
package struct RemovedRows: Sendable, Equatable {
    package var uploads = 0
    /// Rows of predictions; each may hold the scores of several models.
    package var predictions = 0
    /// All revisions, also of labels that waited for their prediction.
    package var labels = 0
    package var rejects = 0

    package init(uploads: Int = 0, predictions: Int = 0, labels: Int = 0, rejects: Int = 0) {
        self.uploads = uploads
        self.predictions = predictions
        self.labels = labels
        self.rejects = rejects
    }
}
