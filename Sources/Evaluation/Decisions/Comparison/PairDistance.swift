/// How far apart the predictions of two models on the same requests are, whatever the labels: the mean of (p − q)² for
/// probabilities, of |p − q| for numbers.
///
/// It is in the unit of the gain. For probabilities E[gain | p, q] = (p − q)(p + q − 2π), which is −(p − q)² where the champion
/// is right (π = p): a distance that grows by as much as the gain takes the gain away, if what is new is all error. For
/// numbers no gain is larger than the distance.
package struct PairDistance: Sendable, Equatable {
    /// Pairs whose distance is known.
    package private(set) var pairs = 0
    private(set) var sum = ExactNumber()

    package init() {}

    init(pairs: Int, sum: ExactNumber) {
        self.pairs = pairs
        self.sum = sum
    }

    mutating func add(_ other: PairDistance) {
        pairs += other.pairs
        sum.add(other.sum)
    }

    /// `nil` without pairs.
    package var mean: Double? { pairs > 0 ? Double(sum) / Double(pairs) : nil }
}

extension TaskKind {
    /// Whether it is squares of distances that are summed.
    package var sumsSquaredDistances: Bool { mainLoss == .brier }
}
