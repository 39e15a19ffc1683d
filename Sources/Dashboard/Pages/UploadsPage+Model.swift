package import Evaluation

/// What was uploaded to a task, and what of it was taken back.
package struct UploadsPage: Sendable {
    package var place: TaskPlace
    package var outline: TaskOutline
    /// The newest first.
    package var uploads: [Upload]
    /// Leads to the next page, if there is one.
    package var cursor: String?

    package init(
        place: TaskPlace,
        outline: TaskOutline,
        uploads: [Upload],
        cursor: String?
    ) {
        self.place = place
        self.outline = outline
        self.uploads = uploads
        self.cursor = cursor
    }

    /// An upload of the ledger.
    package struct Upload: Sendable {
        package var id: Int64
        package var kind: String
        package var knownAt: Instant
        /// By name.
        package var tokens: String
        package var received: Int64
        package var accepted: Int64
        package var duplicate: Int64
        package var conflict: Int64
        package var rejected: Int64
        package var state: UploadRecord.State
        /// Whether it is of a kind that can be taken back.
        package var isWithdrawable: Bool
        /// The earliest first.
        package var withdrawals: [Withdrawal]

        package init(
            id: Int64,
            kind: String,
            knownAt: Instant,
            tokens: String,
            received: Int64,
            accepted: Int64,
            duplicate: Int64,
            conflict: Int64,
            rejected: Int64,
            state: UploadRecord.State,
            isWithdrawable: Bool,
            withdrawals: [Withdrawal]
        ) {
            self.id = id
            self.kind = kind
            self.knownAt = knownAt
            self.tokens = tokens
            self.received = received
            self.accepted = accepted
            self.duplicate = duplicate
            self.conflict = conflict
            self.rejected = rejected
            self.state = state
            self.isWithdrawable = isWithdrawable
            self.withdrawals = withdrawals
        }
    }

    /// That it was taken back, or some of it.
    package struct Withdrawal: Sendable {
        package var instant: Instant
        package var author: String
        package var note: String
        package var rows: Int64
        /// Which of the small writes of an hour; `nil` for all of an upload.
        package var interval: String?

        package init(
            instant: Instant,
            author: String,
            note: String,
            rows: Int64,
            interval: String?
        ) {
            self.instant = instant
            self.author = author
            self.note = note
            self.rows = rows
            self.interval = interval
        }
    }

    /// Uploads of a page.
    package static let rows = 25
    /// Withdrawals of an upload that are shown; small writes of an hour can have many.
    static let shownWithdrawals = 2
    /// Characters of a note that are shown.
    static let noteLength = 160

    var address: PageAddress { place.address(.uploads) }
}
