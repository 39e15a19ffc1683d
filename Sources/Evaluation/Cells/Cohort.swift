/// Two model versions that scored the same requests; `first` sorts first by model name and version.
package struct VersionPair: Hashable, Comparable, Sendable {
    package var first: Int32
    package var second: Int32

    package init(first: Int32, second: Int32) {
        self.first = first
        self.second = second
    }

    package static func < (left: VersionPair, right: VersionPair) -> Bool {
        (left.first, left.second) < (right.first, right.second)
    }
}

/// The predictions of one time bucket, as known when its last label was due, frozen.
package struct FrozenCohort: Sendable, Equatable {
    package var bucketStart: Instant
    package var maturedAt: Instant
    package var cells: [Int32: CohortCell] = [:]
    package var pairs: [VersionPair: PairCell] = [:]

    package init(bucketStart: Instant, maturedAt: Instant) {
        self.bucketStart = bucketStart
        self.maturedAt = maturedAt
    }
}

/// What a sequential test needs of one model in one cohort: how many rows, and how their losses are spread.
///
/// The loss is the Brier score for binary tasks and the absolute error for regression.
package struct CohortCell: Sendable, Equatable {
    /// Predictions, labelled predictions, Σ loss, Σ loss².
    package var totals: [Int128]
    /// Each loss is split between the two grid points around it so that its mean is kept; the weights are
    /// multiples of 2⁻²⁰.
    package var losses: SparseHistogram

    package static let weightUnits = 0x1p20

    package init(kind: TaskKind) {
        totals = Array(repeating: 0, count: 4)
        losses = SparseHistogram(slotCount: LossGrid(kind: kind).points.count)
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

    package mutating func add(
        totals totalBytes: [UInt8],
        losses lossBytes: [UInt8]
    ) throws(CellCodingError) {
        try CellCoding.add(totals: totalBytes, to: &totals)
        try CellCoding.add(histogram: lossBytes, to: &losses)
    }

    package mutating func add(_ other: CohortCell) {
        for index in totals.indices { totals[index] += other.totals[index] }
        losses.add(other.losses)
    }
}

/// The grid on which cohorts keep their losses.
package struct LossGrid: Sendable {
    package let points: [Double]
    private let isUniform: Bool

    package init(kind: TaskKind) {
        switch kind {
        case .binary, .multiclass:
            points = Self.unit
            isUniform = true
        case .regression:
            points = MagnitudeEdges.starts
            isUniform = false
        }
    }

    private static let unit = (0...512).map { Double($0) / 512 }

    /// The grid point at or below a loss, and which share of the way it lies to the next.
    package func split(_ loss: Double) -> (point: Int, share: Double) {
        let last = points.count - 1
        let point = isUniform ? min(last, Int(loss * Double(last))) : MagnitudeEdges.bin(loss)
        guard point < last else { return (last, 0) }
        return (point, (loss - points[point]) / (points[point + 1] - points[point]))
    }
}
