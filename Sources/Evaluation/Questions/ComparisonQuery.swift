/// What a comparison is asked for.
package struct ComparisonQuery: Sendable {
    package var champion: Name?
    /// Empty compares every shadow.
    package var shadows: [Name]
    package var metric: String?
    package var options: ComparisonOptions
    package var window: Window
    package var asOf: Instant?
    /// Read the rows for what cells cannot tell: the areas under the curve and their paired test.
    package var isExact: Bool

    package init(
        champion: Name? = nil,
        shadows: [Name] = [],
        metric: String? = nil,
        options: ComparisonOptions = ComparisonOptions(),
        window: Window = .always,
        asOf: Instant? = nil,
        isExact: Bool = false
    ) {
        self.champion = champion
        self.shadows = shadows
        self.metric = metric
        self.options = options
        self.window = window
        self.asOf = asOf
        self.isExact = isExact
    }
}
