extension Comparison {
    /// The comparison with what its ledger has to say.
    ///
    /// - Parameters:
    ///   - ledger: Its evidence.
    ///   - other: The verdict of a ledger that has all that came in time; `nil` where this one has.
    /// - Returns: Without a verdict where the evidence is not all that there is.
    package func resting(on ledger: LedgerSummary, withLateRows other: ComparisonVerdict?) -> Self {
        var comparison = self
        comparison.reasons += ledger.notes
        if let loading = ledger.loading {
            comparison.reasons.insert(loading, at: 0)
        } else if let other, verdict != .undecided, ledger.isUnsettled || other != verdict {
            comparison.verdict = .undecided
            comparison.sequence.decidedAt = nil
            comparison.reasons.insert(ledger.unsettling(other.rawValue), at: 0)
        }
        return comparison
    }
}
