import Statistics

/// What a loss without a largest value counts as at most (`FarthestCounted`).
///
/// One error of a unit that somebody mistook would else make a watch deaf for years.
struct LossCap: Sendable {
    private var losses = SparseHistogram(
        slotCount: LossGrid.magnitudes.points.count,
        edges: LossGrid.magnitudes.edges
    )
    private var rows = 0.0
    private var rowsThen = 0.0
    /// `nil` while there is none.
    private(set) var largest: Double?

    /// Whether enough losses are known to tell which ones are too large.
    var isSettled: Bool { rows >= FarthestCounted.leastRows }

    mutating func add(_ block: SparseHistogram) {
        losses.add(block)
        rows += block.entries.reduce(0) { $0 + Double($1.value) } / CohortCell.weightUnits
        guard rows >= FarthestCounted.leastRows, rows >= (1 + FarthestCounted.growth) * rowsThen
        else { return }
        rowsThen = rows
        let entries = losses.entries
        let all = entries.reduce(0) { $0 + Double($1.value) }
        var below = 0.0
        let slot = entries.first { entry in
            below += Double(entry.value)
            return below >= FarthestCounted.covered * all
        }?.slot
        let point = slot.map { LossGrid.magnitudes.points[$0] } ?? 0
        largest = point > 0 ? FarthestCounted.times * point : nil
    }

    /// Rows, losses and squares of a cell: exact where no loss is above the cap, else from the grid.
    func moments(of cell: CohortCell) -> RiskMoments {
        var sums = RiskMoments(
            rows: Double(cell.labelled),
            loss: cell.lossSum,
            squaredLoss: cell.squaredLossSum
        )
        let points = LossGrid.magnitudes.points
        let entries = cell.losses.entries
        guard let largest, let last = entries.last, points[last.slot] > largest else { return sums }
        (sums.loss, sums.squaredLoss) = (0, 0)
        for (slot, value) in entries {
            let loss = min(points[slot], largest)
            let weight = Double(value) / CohortCell.weightUnits
            sums.loss += weight * loss
            sums.squaredLoss += weight * loss * loss
        }
        return sums
    }
}
