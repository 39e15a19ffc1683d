import Statistics

/// How a task's loss is brought to [0, 1], which the detector needs.
struct LossScale: Sendable {
    /// The grid of the cohorts.
    private let grid: LossGrid
    /// What 1 on the scale is in units of the loss.
    ///
    /// Of a loss that has no largest value, the one that a share `covered` of the baseline stays under; larger ones
    /// count as that.
    let unit: Double

    /// The share of the baseline's errors that the scale holds.
    private static let covered = 0.99
    /// The unit where so many have no error at all, and nothing says what a large one is.
    private static let smallestUnit = 1e-6

    init(task: PredictionTask, baseline: [CohortCell]) {
        let grid = task.kind.cohortLoss.grid
        self.grid = grid
        guard !grid.isUniform else {
            unit = 1
            return
        }
        var weights = [Int64](repeating: 0, count: grid.points.count)
        for cell in baseline {
            for (point, weight) in cell.losses.entries { weights[point] += weight }
        }
        let total = weights.reduce(0, +)
        var below: Int64 = 0
        let index = weights.firstIndex { weight in
            below += weight
            return Double(below) >= Self.covered * Double(total)
        }
        unit = index.map { $0 > 0 ? grid.points[$0] : Self.smallestUnit } ?? 1
    }

    /// The losses of a cohort on a uniform grid of [0, 1]; the splitting keeps each row's mean, so that the
    /// detector's bound stays conservative.
    func uniformGrid(_ cell: CohortCell) -> [Double] {
        let weights = cell.losses.denseValues.map { Double($0) / CohortCell.weightUnits }
        guard !grid.isUniform else { return weights }
        var uniform = [Double](repeating: 0, count: LossGrid.uniform.points.count)
        for (point, weight) in zip(grid.points, weights) where weight > 0 {
            let (lower, share) = LossGrid.uniform.split(min(1, point / unit))
            uniform[lower] += weight * (1 - share)
            if share > 0 { uniform[lower + 1] += weight * share }
        }
        return uniform
    }

    /// What a task tolerates, in the scale's unit.
    func tolerance(_ tolerance: Tolerance) -> RiskTolerance {
        switch tolerance {
        case .relative(let share): .relative(share)
        case .absolute(let amount): .absolute(amount / unit)
        }
    }

    /// φ* between groups of entities, by which evidence is tempered at least; `nil` where the day is the unit.
    func groupTempering(_ baseline: [CohortCell]) -> Double? {
        groupMoments(baseline).map { OverdispersionFactor($0).tempering }
    }

    /// The baseline by group of entities; `nil` where the day is the unit of evidence.
    ///
    /// Losses are not capped here, which makes them scatter more.
    private func groupMoments(_ baseline: [CohortCell]) -> CohortMoments? {
        let entities = Self.entities(baseline)
        guard !entities.isEmpty else { return nil }
        let groups = zip(entities.counts, zip(entities.sums(.loss), entities.sums(.squaredLoss)))
            .filter { $0.0 > 0 }
        return try? CohortMoments(
            counts: groups.map(\.0),
            sums: groups.map { Double($0.1.0) / unit },
            sumsOfSquares: groups.map { Double($0.1.1) / unit / unit }
        )
    }

    private static func entities(_ cells: [CohortCell]) -> EntitySums {
        var sum = EntitySums.losses
        for cell in cells { sum.add(cell.entities) }
        return sum
    }

    /// The groups of equal size that the groups of entities of some cells are worth; `nil` without groups.
    static func effectiveGroups(_ cells: [CohortCell]) -> Double? {
        let counts = entities(cells).counts
        let rows = counts.reduce(0, +)
        return rows > 0 ? rows * rows / counts.reduce(0) { $0 + $1 * $1 } : nil
    }
}
