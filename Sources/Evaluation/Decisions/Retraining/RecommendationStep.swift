/// One answer that held for some days.
package struct RecommendationStep: Sendable {
    /// As of the first of the days.
    package var recommendation: Recommendation
    package var days: Int

    package init(
        recommendation: Recommendation,
        days: Int
    ) {
        self.recommendation = recommendation
        self.days = days
    }
}
