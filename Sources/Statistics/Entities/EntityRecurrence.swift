/// On how many cohorts an entity comes back, from the counts of rows by group of entities alone.
///
///     w = Σ_g(N_g − N/G)² / Σ_d Σ_g(n_dg − N_d/G)²     N_g = Σ_d n_dg, N_d = Σ_g n_dg, G groups
///
/// Entities fall into groups at random, and for good. Where none comes back, groups that have more rows on one cohort have no
/// more on others, and the squares of all cohorts together are the sum of those of each: w is 1, with a standard error of
/// √(2/(G − 1)), which is 0.18 for 64 groups. Where each comes back on w cohorts with as many rows, every entity adds w² times
/// the square of its rows on a cohort above the line, and w times below it: the ratio is w. Entities with many rows weigh more.
///
/// Own construction, checked by simulation; it needs no names of entities, and nothing of outcomes.
public struct EntityRecurrence: Sendable, Hashable {
    private var groups: [Double]
    private var within = 0.0

    /// - Parameter groupCount: G ≥ 2.
    public init(groupCount: Int) {
        precondition(groupCount >= 2, "One group has nothing to tell.")
        groups = [Double](repeating: 0, count: groupCount)
    }

    /// Takes in the rows of the next cohort.
    ///
    /// - Parameter counts: Rows by group, as many as there are groups.
    public mutating func add(_ counts: [Double]) {
        precondition(counts.count == groups.count, "Every group has a count.")
        for (group, count) in counts.enumerated() { groups[group] += count }
        within += Self.squares(counts)
    }

    /// w; `nil` where rows fill all groups alike on every cohort.
    public var value: Double? { within > 0 ? Self.squares(groups) / within : nil }

    private static func squares(_ counts: [Double]) -> Double {
        let mean = counts.reduce(0, +) / Double(counts.count)
        return counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
}
