import Statistics

/// What entities have to do with the sequence of a gain, day after day.
struct EntityPath: Sendable {
    /// Groups of equal size that the groups of entities must be worth.
    static let leastGroups = 14.0
    /// Days on which an entity is seen from which on it counts as one that comes back.
    static let returning = 1.5

    /// Gains by day and group; `nil` for ranks, which are between entities and always go by days.
    private let sums: ClusteredCohortSums?
    /// On how many days an entity comes back, by the days up to each.
    let recurrences: [Double?]
    /// The sequence by entities after each day; empty for ranks.
    private(set) var points: [ClusteredAsymptoticConfidenceSequence.Point] = []

    /// `nil` where no request names its entity.
    ///
    /// - Parameters:
    ///   - days: With labelled pairs, in event order.
    ///   - metric: Of the gain.
    init?(_ days: [GainDay], metric: ComparisonMetric) {
        guard days.contains(where: { !$0.entities.isEmpty }) else { return nil }
        sums = Self.sums(days, metric)
        var recurrence = EntityRecurrence(groupCount: EntityGroup.count)
        recurrences = days.map { day in
            if !day.entities.isEmpty { recurrence.add(day.entities.counts) }
            return recurrence.value
        }
    }

    private static func sums(
        _ days: [GainDay],
        _ metric: ComparisonMetric
    ) -> ClusteredCohortSums? {
        guard case .loss(let loss) = metric else { return nil }
        let groups = days.enumerated().map { index, day -> (counts: [Double], sums: [Double]) in
            guard day.entities.isEmpty else {
                return (day.entities.counts, day.entities.sums(.gain(loss)).map { Double($0) })
            }
            // A day whose entities are not known is one of its own.
            var counts = [Double](repeating: 0, count: EntityGroup.count)
            var sums = counts
            counts[index % EntityGroup.count] = day.weight(metric)
            sums[index % EntityGroup.count] = day.gain(metric)
            return (counts, sums)
        }
        return try? ClusteredCohortSums(counts: groups.map(\.counts), sums: groups.map(\.sums))
    }

    /// Follows the days at the level and from the burn-in of a sequence by days.
    mutating func findPoints(like test: BlockAsymptoticConfidenceSequence) {
        let sequence = ClusteredAsymptoticConfidenceSequence(
            alpha: test.alpha,
            burnIn: test.burnIn,
            leastGroups: Self.leastGroups
        )
        points = sums.map(sequence.path) ?? []
    }

    /// Whether entities are the unit of evidence of the point after a day.
    func areUnit(_ rule: EvidenceUnitRule, at index: Int) -> Bool {
        guard !points.isEmpty else { return false }
        return switch rule {
        case .entity: true
        case .day: false
        case .auto: recurrences[index].map { $0 >= Self.returning } ?? false
        }
    }

    /// How many times the variance of the mean between days entities make it; `nil` for ranks, and where days do not scatter.
    func designEffect(at index: Int) -> Double? {
        guard !points.isEmpty else { return nil }
        let point = points[index]
        return point.varianceByCohort > 0 ? point.variance / point.varianceByCohort : nil
    }
}
