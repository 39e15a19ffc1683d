import Statistics

/// How rows of an entity move together, by the groups of entities of some cohorts.
struct EntityDependence {
    private let sums: EntitySums

    init(_ cells: [CohortCell]) {
        var sums = EntitySums.losses
        for cell in cells { sums.add(cell.entities) }
        self.sums = sums
    }

    /// φ* between groups, by which evidence is tempered at least; `nil` where the day is the unit of evidence.
    var tempering: Double? {
        guard !sums.isEmpty else { return nil }
        let groups = zip(sums.counts, zip(sums.sums(.loss), sums.sums(.squaredLoss)))
            .filter { $0.0 > 0 }
        let moments = try? CohortMoments(
            counts: groups.map(\.0),
            sums: groups.map { Double($0.1.0) },
            sumsOfSquares: groups.map { Double($0.1.1) }
        )
        return moments.map { OverdispersionFactor($0).tempering }
    }

    /// The groups of equal size that they are worth; `nil` without groups.
    var effectiveGroups: Double? {
        let rows = sums.counts.reduce(0, +)
        return rows > 0 ? rows * rows / sums.counts.reduce(0) { $0 + $1 * $1 } : nil
    }
}
