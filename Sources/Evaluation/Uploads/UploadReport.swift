/// What an upload did.
package struct UploadReport: Sendable {
    package var task: Name
    /// The upload that holds the rows; of small writes, the one of their hour.
    ///
    /// `nil` where nothing was kept.
    package var uploadID: Int64?
    package var counts = UploadCounts()
    /// How many of its rows contradict an upload, by its number: that of the upload itself where they contradict each
    /// other.
    package var contradicts: [Int64: Int64] = [:]
    /// The first rejects; all of them are kept in the database.
    package var rejects: [Reject] = []
    /// What may be worth a thought, in sentences; nothing was done about it.
    package var hints: [String] = []
    /// Whether the same input had been uploaded before, so that nothing was read again.
    package var isResend = false
    package var isDryRun = false
    /// Whether nothing was kept because of a reject under `--strict`.
    package var isRefused = false
    /// What became of each row, where several callers share the upload.
    package var lines: LineTally?

    package init(task: Name) {
        self.task = task
    }

    /// How many rejects an answer carries.
    package static let rejectLimit = 1_000

    /// Adds what another upload to the task did.
    package static func += (left: inout UploadReport, right: UploadReport) {
        left.counts += right.counts
        left.contradicts.merge(right.contradicts, uniquingKeysWith: +)
        left.note(right.rejects)
        if left.hints.isEmpty { left.hints = right.hints }
        left.uploadID = right.uploadID ?? left.uploadID
        left.isResend = left.isResend && right.isResend
    }

    /// From one row in so many on that contradicts, more than a few rows are wrong.
    private static let rowsForOneContradiction: Int64 = 100

    /// The uploads that are contradicted, those by the most rows first.
    package var contradicted: [(uploadID: Int64, rows: Int64)] {
        contradicts.map { (uploadID: $0.key, rows: $0.value) }.sorted { left, right in
            left.rows != right.rows ? left.rows > right.rows : left.uploadID < right.uploadID
        }
    }

    /// How many rows contradict what had been told.
    package var contradictingRows: Int64 { contradicts.values.reduce(0, +) }

    /// Whether so many rows contradict what had been told that one of the files is likely to be wrong.
    package var isContradicting: Bool {
        contradictingRows * Self.rowsForOneContradiction > counts.received
    }

    package mutating func note(_ contradictions: ContradictionTally) {
        contradicts = contradictions.uploads.mapValues(\.count)
    }

    package mutating func note(_ hint: EntityHint?) {
        if let hint { hints.append(hint.sentence) }
    }

    package mutating func note(_ new: [Reject]) {
        rejects += new.prefix(max(0, Self.rejectLimit - rejects.count))
    }
}
