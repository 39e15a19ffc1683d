import Statistics

/// The scores of both models on the same labelled requests, for tests that need rows.
package struct PairedRows: Sendable {
    private var champion: [Double] = []
    private var shadow: [Double] = []
    private var outcomes: [Bool] = []

    package init() {}

    package mutating func add(champion: Double, shadow: Double, isPositive: Bool) {
        self.champion.append(champion)
        self.shadow.append(shadow)
        outcomes.append(isPositive)
    }

    /// The areas under both ROC curves; `nil` where one class is missing.
    var areas: PairedAreas? {
        (try? pairedDeLong(championScores: champion, shadowScores: shadow, outcomes: outcomes))
            ?? nil
    }
}
