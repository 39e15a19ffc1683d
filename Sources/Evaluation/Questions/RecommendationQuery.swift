/// What a recommendation is asked for.
package struct RecommendationQuery: Sendable {
    /// The model to judge instead of the champion.
    package var model: Name?
    package var asOf: Instant?
    package var options: RetrainingOptions
    /// Whether shadows are compared; without, the champion is judged alone.
    package var hasShadows: Bool

    package init(
        model: Name? = nil,
        asOf: Instant? = nil,
        options: RetrainingOptions = RetrainingOptions(),
        hasShadows: Bool = true
    ) {
        self.model = model
        self.asOf = asOf
        self.options = options
        self.hasShadows = hasShadows
    }
}
