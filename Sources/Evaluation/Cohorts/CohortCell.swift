/// What a sequential test needs of one model in one cohort: how many rows, how their losses are spread, and
/// which scores went with which class.
///
/// The loss is the Brier score for binary tasks and the absolute error for regression.
package struct CohortCell: Sendable, Equatable {
    /// Predictions, labelled predictions, Σ loss, Σ loss².
    package var totals: [Int128]
    /// Each loss is split between the two grid points around it so that its mean is kept; the weights are
    /// multiples of 2⁻²⁰.
    package var losses: SparseHistogram
    /// A count and a sum of scores for each class and bin of `ScoreEdges.fine`, for labelled predictions of
    /// binary tasks at the full age; see `ClassScores`.
    package var scores: SparseHistogram

    /// Σ loss and Σ loss² of the labelled predictions by group of entities, where the entity is the unit.
    package var entities = EntitySums(sums: 2)

    package static let weightUnits = 0x1p20

    package init(kind: TaskKind) {
        totals = Array(repeating: 0, count: 4)
        losses = SparseHistogram(slotCount: LossGrid(kind: kind).points.count)
        scores = SparseHistogram(slotCount: ClassScores.slotCount)
    }

    package var predictions: Int { Int(totals[0]) }
    package var labelled: Int { Int(totals[1]) }
    package var lossSum: Double { FixedPoint.value(ofLossSum: totals[2]) }
    package var squaredLossSum: Double { FixedPoint.value(ofLossSum: totals[3]) }

    package mutating func addUnlabelled() { totals[0] += 1 }

    package mutating func add(loss: Double, grid: LossGrid) {
        totals[0] += 1
        totals[1] += 1
        totals[2] += FixedPoint.loss(loss)
        totals[3] += FixedPoint.loss(loss * loss)
        let (point, share) = grid.split(loss)
        let upper = Int64((share * Self.weightUnits).rounded())
        losses.add(Int64(Self.weightUnits) - upper, at: point)
        if upper != 0 { losses.add(upper, at: point + 1) }
    }

    /// Adds the loss of a labelled prediction to those of its entity's group.
    package mutating func add(loss: Double, entityGroup: Int) {
        entities.add([FixedPoint.loss(loss), FixedPoint.loss(loss * loss)], group: entityGroup)
    }

    /// Adds the score of a labelled prediction of a binary task.
    package mutating func add(score: Double, isPositive: Bool) {
        let units = FixedPoint.score(score)
        let slot = ClassScores.slot(bin: ScoreEdges.fine.bin(units), isPositive: isPositive)
        scores.add(1, at: slot)
        scores.add(units, at: slot + 1)
    }

    package mutating func add(
        totals totalBytes: [UInt8],
        losses lossBytes: [UInt8],
        scores scoreBytes: [UInt8],
        entities entityBytes: [UInt8]
    ) throws(CellCodingError) {
        try CellCoding.add(totals: totalBytes, to: &totals)
        try CellCoding.add(histogram: lossBytes, to: &losses)
        try CellCoding.add(histogram: scoreBytes, to: &scores)
        try entities.add(bytes: entityBytes)
    }

    package mutating func add(_ other: CohortCell) {
        for index in totals.indices { totals[index] += other.totals[index] }
        losses.add(other.losses)
        scores.add(other.scores)
        entities.add(other.entities)
    }
}
