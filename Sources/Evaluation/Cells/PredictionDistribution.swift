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

    /// Of probabilities, each in the middle of its bin; `nil` for numbers, and where there are none.
    var variance: Double? {
        guard rows > 0, !counts.isEmpty else { return nil }
        let starts = ScoreEdges.fine.starts.map { Double($0) / 1e9 } + [1]
        var (sum, squares) = (0.0, 0.0)
        for bin in counts.indices where counts[bin] > 0 {
            let score = (starts[bin] + starts[bin + 1]) / 2
            sum += counts[bin] * score
            squares += counts[bin] * score * score
        }
        return squares / rows - (sum / rows) * (sum / rows)
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
