package import Evaluation

/// Two moments, as an option gives them: `2013-05-01..2013-12-31`.
package struct MomentRange: Sendable, Equatable {
    package var from: Moment
    package var to: Moment

    /// - Throws: `TextError` that says what is allowed.
    package init(_ text: String) throws {
        let parts = text.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw TextError("Write FROM..TO, such as 2013-05-01..2013-12-31.")
        }
        from = try Moment(parts[0])
        to = try Moment(parts[1])
    }

    package func range(in task: PredictionTask) throws -> Range<Instant> {
        let (start, end) = (try from.instant(in: task), try to.instant(in: task))
        guard start < end else {
            throw TextError("The interval is empty: its end must come after its start.")
        }
        return start..<end
    }
}
