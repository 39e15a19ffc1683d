/// That rows of an upload were taken back.
package struct Withdrawal: Sendable, Equatable {
    package var uploadID: Int64
    package var withdrawnAt: Instant
    /// Of small writes, the instants from which the rows were known; `nil` for the whole upload.
    package var interval: Window?
    /// How many rows were taken back, as they were told.
    package var rows: Int64
    package var author: String
    package var note: String

    package init(
        uploadID: Int64,
        withdrawnAt: Instant,
        interval: Window? = nil,
        rows: Int64 = 0,
        author: String,
        note: String
    ) {
        self.uploadID = uploadID
        self.withdrawnAt = withdrawnAt
        self.interval = interval
        self.rows = rows
        self.author = author
        self.note = note
    }
}
