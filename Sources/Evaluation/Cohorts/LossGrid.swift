/// The grid on which cohorts keep their losses.
package struct LossGrid: Sendable {
    package let points: [Double]
    private let isUniform: Bool

    /// From 0 to 1 in equal steps: for squared errors of probabilities, and what is brought to that scale.
    package static let uniform = LossGrid(
        points: (0...512).map { Double($0) / 512 },
        isUniform: true
    )

    /// From 0 on without end, in steps that grow with the value.
    private static let magnitudes = LossGrid(points: MagnitudeEdges.starts, isUniform: false)

    private init(points: [Double], isUniform: Bool) {
        self.points = points
        self.isUniform = isUniform
    }

    /// The grid of the losses of a kind of task.
    package init(kind: TaskKind) {
        switch kind {
        case .binary, .multiclass: self = .uniform
        case .regression: self = .magnitudes
        }
    }

    /// The grid point at or below a loss, and which share of the way it lies to the next.
    package func split(_ loss: Double) -> (point: Int, share: Double) {
        let last = points.count - 1
        let point = isUniform ? min(last, Int(loss * Double(last))) : MagnitudeEdges.bin(loss)
        guard point < last else { return (last, 0) }
        return (point, (loss - points[point]) / (points[point + 1] - points[point]))
    }
}
