package import Evaluation

/// Two moments between which something is asked for, as options and parameters give them; either may be open.
package struct MomentRange: Sendable, Equatable {
    package var from: Moment?
    package var to: Moment?

    package init(from: Moment?, to: Moment?) {
        self.from = from
        self.to = to
    }

    /// - Parameter text: `2013-05-01..2013-12-31`.
    /// - Throws: `TextError` that says what is allowed.
    package init(_ text: String) throws {
        let parts = text.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw TextError("Write FROM..TO, such as 2013-05-01..2013-12-31.")
        }
        self.init(from: try Moment(parts[0]), to: try Moment(parts[1]))
    }

    /// The time between them in the task's calendar.
    ///
    /// - Throws: `ReversedWindow` where the second does not come after the first.
    package func window(in task: PredictionTask) throws -> Window {
        try Window(from: from.instant(in: task), to: to.instant(in: task))
    }

    /// The text that is read as the same range, where both its ends are given.
    package var text: String { [from, to].map { $0?.text ?? "" }.joined(separator: "..") }
}
