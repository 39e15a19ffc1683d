/// What stands behind an answer that rests on the ledger of cohorts.
package struct LedgerStanding: Sendable, Equatable {
    /// Of when the ledger is: what was told later is left out.
    ///
    /// That is the instant that the answer is about. Before the task was created nobody can have asked, so that a question
    /// about then replays the ledger of today.
    package var asOf: Instant
    /// When the ledger was restated, by then; the first first.
    package var restatements: [Instant]
    /// Since when rows have come that are known from their coming on; `nil` while all of them are history.
    package var liveSince: Instant?
    /// Until when history counts as being loaded, unless more comes; `nil` where none is.
    package var loadingUntil: Instant?
    /// Rows that were in time for evidence which an answer had used before they came.
    package var lateRows: Int64 = 0

    /// For so long after rows have come for the past an answer rests on none of the evidence.
    ///
    /// Whoever could look between two files could load only those that help.
    package static let quietSeconds: Int64 = 86_400

    package init(
        asOf: Instant = .distantFuture,
        restatements: [Instant] = [],
        liveSince: Instant? = nil
    ) {
        self.asOf = asOf
        self.restatements = restatements
        self.liveSince = liveSince
    }

    /// Revisions that were told by then are in force: while all rows are history every one, for nobody can have acted on an
    /// answer; then those that were told before the first live row, or before the last restatement.
    package var inForceSince: Instant {
        guard let liveSince else { return .distantFuture }
        return max(liveSince, restatements.last ?? .distantPast)
    }

    package var isLoading: Bool { loadingUntil != nil }

    /// What each restatement leaves of the probability of an error: 2^−n after n of them, so that all together have at most
    /// twice that of the first.
    package var errorShare: Double { Self.errorShare(after: restatements.count) }

    package static func errorShare(after restatements: Int) -> Double {
        (0..<restatements).reduce(1) { share, _ in share / 2 }
    }
}
