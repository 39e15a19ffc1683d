/// A recommendation, and which ledger it was concluded from.
package struct RecommendationAnswer: Sendable {
    package var recommendation: Recommendation
    package var ledger: LedgerFingerprint
    /// What the watch has seen, the youngest label age first.
    package var histories: [RiskHistory]
    /// The champion and the model that is fitted anew every week, in event order.
    package var retrained: [RetrainedShadow.Block]

    package init(
        recommendation: Recommendation,
        ledger: LedgerFingerprint,
        histories: [RiskHistory],
        retrained: [RetrainedShadow.Block] = []
    ) {
        self.recommendation = recommendation
        self.ledger = ledger
        self.histories = histories
        self.retrained = retrained
    }
}
