/// How the predictions of a model are distributed, with labels or without: probabilities by fine bin, numbers by their mean.
package struct PredictionDistribution: Sendable, Equatable {
    private(set) var rows = 0.0
    /// Predictions in each bin; none for numbers.
    private(set) var counts: [Double] = []
    private var sum = ExactNumber()

    /// Adds probabilities of a bin.
    mutating func add(_ count: Int64, inBin bin: Int, of bins: Int) {
        if counts.isEmpty { counts = [Double](repeating: 0, count: bins) }
        counts[bin] += Double(count)
        rows += Double(count)
    }

    /// Adds numbers of a known sum.
    mutating func add(_ count: Int, sum: ExactNumber) {
        self.sum.add(sum)
        rows += Double(count)
    }

    /// How far another distribution is away: the largest distance of the distribution functions for probabilities, and the
    /// distance of the means for numbers; `nil` where either is empty.
    func distance(from other: PredictionDistribution) -> Double? {
        guard rows > 0, other.rows > 0 else { return nil }
        guard !counts.isEmpty else {
            return abs(Double(sum) / rows - Double(other.sum) / other.rows)
        }
        var (ours, theirs, distance) = (0.0, 0.0, 0.0)
        for bin in counts.indices {
            ours += counts[bin]
            theirs += other.counts[bin]
            distance = max(distance, abs(ours / rows - theirs / other.rows))
        }
        return distance
    }
}
