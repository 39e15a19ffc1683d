/// Which pairs of a champion are known, and from where.
package struct ChampionPairs: Sendable {
    package let view: TaskView
    package let champion: Name
    package let keepers: PairKeepers

    package init(_ view: TaskView, champion: Name, keepers: PairKeepers) {
        self.view = view
        self.champion = champion
        self.keepers = keepers
    }

    /// The number of the champion; `nil` where it has no version, and so no predictions.
    package var model: Int32? { view.dictionary.model(named: champion) }

    package var versions: Set<Int32> { Set(view.dictionary.versions(ofModelNamed: champion)) }

    /// Whether cells and cohorts have its pairs with every other model.
    package var isKept: Bool { model.map(keepers.contains) ?? true }

    /// The start of the first time bucket of which the pairs with a shadow are known; `distantPast` where all are.
    package func knownFrom(_ shadow: Name) -> Instant {
        guard let model, let other = view.dictionary.model(named: shadow) else {
            return .distantPast
        }
        return keepers.known(model, other) ?? view.released?.rowsFrom ?? .distantPast
    }
}
