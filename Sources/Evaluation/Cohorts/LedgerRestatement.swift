/// A ledger that begins anew, with what came in time after answers had used it.
package struct LedgerRestatement: Sendable, Equatable {
    package var task: Name
    package var restatedAt: Instant
    /// The rows that evidence knows from now on.
    package var lateRows: Int64
    /// How many restatements there were, this one among them.
    package var restatements: Int
    package var author: String
    package var note: String

    package init(
        task: Name,
        restatedAt: Instant,
        lateRows: Int64,
        restatements: Int,
        author: String,
        note: String
    ) {
        self.task = task
        self.restatedAt = restatedAt
        self.lateRows = lateRows
        self.restatements = restatements
        self.author = author
        self.note = note
    }
}
