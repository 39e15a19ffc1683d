import Statistics

/// How rows of an entity move together, by the groups of entities of some cohorts.
struct EntityDependence {
    private let sums: EntitySums
    private let recurrence: Double?

    init(_ cells: [CohortCell]) {
        var sums = EntitySums.losses
        var recurrence = EntityRecurrence(groupCount: EntityGroup.count)
        for cell in cells where !cell.entities.isEmpty {
            sums.add(cell.entities)
            recurrence.add(cell.entities.counts)
        }
        self.sums = sums
        self.recurrence = recurrence.value
    }

    /// Whether entities are the unit of evidence.
    ///
    /// A watch holds a model against its own baseline, over much the same entities: where these are too few to tell how they
    /// scatter, and nobody has said that they are the unit, it goes by days.
    func isUnit(_ rule: EvidenceUnitRule) -> Bool {
        switch rule {
        case .entity: true
        case .day: false
        case .auto:
            (recurrence ?? 0) >= EntityPath.returning
                && (effectiveGroups ?? 0) >= EntityPath.leastGroups
        }
    }

    /// φ* between groups, by which evidence is tempered at least; `nil` where no request names an entity.
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
