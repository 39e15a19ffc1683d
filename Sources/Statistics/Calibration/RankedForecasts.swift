/// Forecasts in ascending order of score, equal scores in the order of rows, with running sums.
struct RankedForecasts {
    /// Σp over the first k rows, k = 0…n.
    let scoreSums: [Double]
    /// Σy over the first k rows.
    let positives: [Double]

    init(_ forecasts: BinaryForecasts) {
        let scores = forecasts.probabilities
        let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
        var sums = [0.0]
        var ones = [0.0]
        for row in order {
            sums.append((sums.last ?? 0) + scores[row])
            ones.append((ones.last ?? 0) + (forecasts.outcomes[row] ? 1 : 0))
        }
        scoreSums = sums
        positives = ones
    }

    var count: Int { scoreSums.count - 1 }

    /// The rank at which bin k of B begins: the least rank with ⌊rank·B/n⌋ ≥ k.
    private func start(_ bin: Int, of binCount: Int) -> Int {
        (bin * count + binCount - 1) / binCount
    }

    /// B bins of equal count by rank.
    func bins(_ binCount: Int) -> CalibrationBins {
        let edges = (0...binCount).map { start($0, of: binCount) }
        return CalibrationBins(
            uncheckedCounts: (0..<binCount).map { Double(edges[$0 + 1] - edges[$0]) },
            scoreSums: (0..<binCount).map { scoreSums[edges[$0 + 1]] - scoreSums[edges[$0]] },
            positives: (0..<binCount).map { positives[edges[$0 + 1]] - positives[edges[$0]] }
        )
    }

    /// Whether the shares of positives never fall from one of B bins to the next.
    func isMonotone(_ binCount: Int) -> Bool {
        var last = -1.0
        for bin in 0..<binCount {
            let (low, high) = (start(bin, of: binCount), start(bin + 1, of: binCount))
            guard high > low else { continue }
            let rate = (positives[high] - positives[low]) / Double(high - low)
            if rate < last { return false }
            last = rate
        }
        return true
    }
}
