package import Evaluation

/// What is said of uploads in words.
package enum UploadText {
    /// The tokens by which it came.
    package static func tokens(_ entry: UploadEntry) -> String {
        entry.tokenNames.isEmpty
            ? NumberText.none : entry.tokenNames.joined(separator: ", ")
    }

    /// Since when it does not count; a dash where it does.
    package static func takenBack(_ upload: UploadRecord) -> String {
        guard let last = upload.withdrawals.last else { return NumberText.none }
        let instant = WindowText.present(last.withdrawnAt)
        return upload.state == .withdrawnInPart ? "\(instant) in part" : instant
    }

    /// Which of the small writes of an hour; `nil` for a whole upload.
    package static func interval(_ withdrawal: Withdrawal) -> String? {
        guard let interval = withdrawal.interval else { return nil }
        let end = interval.to.map { "before \($0.iso8601)" } ?? "all"
        return interval.from.map { "known from \($0.iso8601) on, \(end)" } ?? "known \(end)"
    }

    /// `54,316 rows of predictions`.
    static func rows(_ count: Int64, of kind: UploadKind) -> String {
        NumberText.count(Int(count), "row", "rows") + " of \(kind.rawValue)"
    }
}
