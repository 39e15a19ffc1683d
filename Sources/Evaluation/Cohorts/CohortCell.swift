/// What a sequential test needs of one model in one cohort: how many rows, how their losses are spread, and
/// which scores went with which class.
///
/// The loss is `TaskKind.cohortLoss`.
package struct CohortCell: Sendable, Equatable {
    /// Predictions, labelled predictions, Σ loss, Σ loss²: of losses from 0 to 1 numbers in `FixedPoint.lossUnits`, of
    /// others exact sums.
    package var totals: CellTotals
    /// Each loss is split between the two grid points around it so that its mean is kept; the weights are
    /// multiples of 2⁻²⁰.
    package var losses: SparseHistogram
    /// A count and a sum of scores for each class and bin of `ScoreEdges.fine`, for labelled predictions of
    /// binary tasks at the full age; see `ClassScores`.
    package var scores: SparseHistogram

    /// The labels of tasks whose labels are numbers, at the full age.
    package var labels = LabelGroups()

    /// Slice by slice what the watch needs, by number; at the full age.
    package var slices: [Int32: SliceEvidence] = [:]

    /// Σ loss and Σ loss² of the labelled predictions by group of entities, where the entity is the unit.
    package var entities = EntitySums.losses

    package static let weightUnits = 0x1p20

    package init(kind: TaskKind) {
        let grid = LossGrid(kind: kind)
        totals = CellTotals(grid.isUniform ? Self.units : Self.exact)
        losses = SparseHistogram(slotCount: grid.points.count, edges: grid.edges)
        scores = SparseHistogram(slotCount: ClassScores.slotCount)
    }

    private static let units = TotalsShape(numbers: 4)
    private static let exact =
        TotalsShape(firstFormat: [.number(0), .number(1), .sum(0), .sum(1)])

    private var isExact: Bool { totals.shape.sums > 0 }

    package var predictions: Int { Int(totals.numbers[0]) }
    package var labelled: Int { Int(totals.numbers[1]) }

    package var exactLossSum: ExactNumber {
        isExact ? totals.sums[0] : FixedPoint.exact(lossSum: totals.numbers[2])
    }

    package var exactSquaredLossSum: ExactNumber {
        isExact ? totals.sums[1] : FixedPoint.exact(lossSum: totals.numbers[3])
    }

    package var lossSum: Double { Double(exactLossSum) }
    package var squaredLossSum: Double { Double(exactSquaredLossSum) }

    package mutating func addUnlabelled() { totals.numbers[0] += 1 }

    package mutating func add(loss: Double, grid: LossGrid) {
        totals.numbers[0] += 1
        totals.numbers[1] += 1
        if isExact {
            totals.sums[0].add(loss)
            totals.sums[1].addSquare(of: loss)
        } else {
            totals.numbers[2] += FixedPoint.loss(loss)
            totals.numbers[3] += FixedPoint.loss(loss * loss)
        }
        let (point, share) = grid.split(loss)
        let upper = Int64((share * Self.weightUnits).rounded())
        losses.add(Int64(Self.weightUnits) - upper, at: point)
        if upper != 0 { losses.add(upper, at: point + 1) }
    }

    /// Adds the loss of a labelled prediction to those of its entity's group.
    package mutating func add(loss: Double, entityGroup: Int) {
        if isExact {
            var square = ExactNumber()
            square.addSquare(of: loss)
            entities.add(loss: ExactNumber(loss), squared: square, group: entityGroup)
        } else {
            entities.add(
                loss: FixedPoint.exact(lossSum: FixedPoint.loss(loss)),
                squared: FixedPoint.exact(lossSum: FixedPoint.loss(loss * loss)),
                group: entityGroup
            )
        }
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
        labels labelBytes: [UInt8],
        slices sliceBytes: [UInt8],
        entities entityBytes: [UInt8]
    ) throws(CellCodingError) {
        try CellCoding.add(totals: totalBytes, to: &totals)
        try CellCoding.add(histogram: lossBytes, to: &losses)
        try CellCoding.add(histogram: scoreBytes, to: &scores)
        try labels.add(bytes: labelBytes)
        add(slices: try SliceEvidence.slices(sliceBytes))
        try entities.add(bytes: entityBytes)
    }

    package mutating func add(_ other: CohortCell) {
        totals.add(other.totals)
        losses.add(other.losses)
        scores.add(other.scores)
        labels.add(other.labels)
        add(slices: other.slices)
        entities.add(other.entities)
    }

    private mutating func add(slices other: [Int32: SliceEvidence]) {
        if slices.isEmpty {
            slices = other
        } else {
            slices.merge(other) { one, other in
                var sum = one
                sum.add(other)
                return sum
            }
        }
    }

    /// The bytes of its slices.
    package var sliceBytes: [UInt8] { SliceEvidence.bytes(slices) }

    func adding(_ other: CohortCell) -> CohortCell {
        var sum = self
        sum.add(other)
        return sum
    }
}
