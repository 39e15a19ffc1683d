/// A recommendation, and which ledger it was concluded from.
package struct RecommendationAnswer: Sendable {
    package var recommendation: Recommendation
    package var ledger: LedgerFingerprint
    /// What the watch has seen, the youngest label age first.
    package var histories: [RiskHistory]

    package init(
        recommendation: Recommendation,
        ledger: LedgerFingerprint,
        histories: [RiskHistory]
    ) {
        self.recommendation = recommendation
        self.ledger = ledger
        self.histories = histories
    }
}
