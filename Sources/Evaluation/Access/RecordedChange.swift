/// A change that somebody made.
package struct RecordedChange: Sendable, Equatable {
    package var id: Int64
    package var changedAt: Instant
    /// The name of a token, or `command line`.
    package var author: String
    package var action: String
    /// The task that was changed; empty where it is about none.
    package var task: Name
    /// What was changed, and into what.
    package var subject: String

    package init(
        id: Int64 = 0,
        changedAt: Instant,
        author: String,
        action: String,
        task: Name,
        subject: String
    ) {
        self.id = id
        self.changedAt = changedAt
        self.author = author
        self.action = action
        self.task = task
        self.subject = subject
    }
}
