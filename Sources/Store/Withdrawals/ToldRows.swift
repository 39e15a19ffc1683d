package import Evaluation
import Postgres

/// The rows of an upload, or of the small writes of an hour those of an interval.
package struct ToldRows: Sendable, Equatable {
    package var uploadID: Int64
    /// By the instant from which they are known; `nil` for all.
    package var interval: Window?

    package init(uploadID: Int64, interval: Window? = nil) {
        self.uploadID = uploadID
        self.interval = interval
    }

    /// The condition that a row is one of them; `table` is the alias of a table with `upload_id` and `known_at`.
    func condition(_ table: SQL) -> SQL {
        guard let interval else { return "\(table).upload_id = \(uploadID)" }
        return """
            \(table).upload_id = \(uploadID)
                AND \(table).known_at >= \(interval.lowerBound.clamped)
                AND \(table).known_at < \(interval.upperBound.clamped)
            """
    }
}
