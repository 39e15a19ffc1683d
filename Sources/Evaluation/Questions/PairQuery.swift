/// Which requests are asked for of those that a champion and a shadow both scored; those on which they are farthest apart come
/// first.
package struct PairQuery: Sendable {
    /// `nil` for the champion by role.
    package var champion: Name?
    /// `nil` for the only shadow.
    package var shadow: Name?
    /// Of the time of the earlier of both predictions.
    package var window: Window
    package var slice: Slice?
    package var asOf: Instant?
    /// Only those on which both decide differently at the task's threshold.
    package var decidedDifferently: Bool
    package var limit: Int

    package static let usualLimit = 100
    package static let limits = 1...1_000

    package init(
        champion: Name? = nil,
        shadow: Name? = nil,
        window: Window = .always,
        slice: Slice? = nil,
        asOf: Instant? = nil,
        decidedDifferently: Bool = false,
        limit: Int = usualLimit
    ) {
        self.champion = champion
        self.shadow = shadow
        self.window = window
        self.slice = slice
        self.asOf = asOf
        self.decidedDifferently = decidedDifferently
        self.limit = limit
    }
}
