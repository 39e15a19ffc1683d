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
