/// The grid on which cohorts keep their losses.
package struct LossGrid: Sendable {
    package let points: [Double]
    /// Whether the points lie equally far apart, from 0 to 1.
    let isUniform: Bool

    private init(points: [Double], isUniform: Bool) {
        self.points = points
        self.isUniform = isUniform
    }

    /// From 0 to 1 in equal steps: for squared errors of probabilities, and what is brought to that scale.
    package static let uniform = LossGrid(
        points: (0...512).map { Double($0) / 512 },
        isUniform: true
    )
    /// From 0 on without end, in steps that grow with the value, those of `MagnitudeEdges`.
    static let magnitudes = LossGrid(points: MagnitudeEdges.starts, isUniform: false)

    /// The grid of the losses of a kind of task.
    package init(kind: TaskKind) { self = kind.cohortLoss.grid }

    /// The table of edges that a histogram over the grid goes by.
    var edges: HistogramEdges { isUniform ? .scores : .magnitudes }

    /// The grid point at or below a loss, and which share of the way it lies to the next.
    package func split(_ loss: Double) -> (point: Int, share: Double) {
        let last = points.count - 1
        let point = isUniform ? min(last, Int(loss * Double(last))) : MagnitudeEdges.bin(loss)
        guard point < last else { return (last, 0) }
        return (point, (loss - points[point]) / (points[point + 1] - points[point]))
    }
}
