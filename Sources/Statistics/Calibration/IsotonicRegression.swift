/// Pool-adjacent-violators: the nondecreasing sequence nearest to group means.
enum PoolAdjacentViolators {
    /// One pooled block: rows, positives among them, and the groups that it spans.
    struct Block {
        var count: Double
        var positives: Double
        var groups: Range<Int>

        var mean: Double { positives / count }
    }

    /// The blocks of the isotonic fit of group means, left to right, in O(groups).
    ///
    /// Equal neighbours are merged, so that block means strictly increase.
    static func blocks(counts: [Double], positives: [Double]) -> [Block] {
        var blocks: [Block] = []
        for group in counts.indices where counts[group] > 0 {
            var current = Block(
                count: counts[group],
                positives: positives[group],
                groups: group..<(group + 1)
            )
            // Cross-multiplied, so that whole counts are compared exactly.
            while let last = blocks.last,
                last.positives * current.count >= current.positives * last.count
            {
                current.count += last.count
                current.positives += last.positives
                current.groups = last.groups.lowerBound..<current.groups.upperBound
                blocks.removeLast()
            }
            blocks.append(current)
        }
        return blocks
    }
}

/// The isotonic regression of outcomes on forecast probabilities.
///
///     ĉ = argmin Σᵢ (yᵢ − c(pᵢ))² over nondecreasing c
///
/// The fit is optimal for every proper score at once. Rows of equal probability share one value.
public struct IsotonicRegression: Sendable, Hashable {
    /// A stretch of probabilities with one recalibrated value.
    public struct Block: Sendable, Hashable {
        /// The lowest probability of the stretch.
        public let low: Double
        /// The highest probability of the stretch.
        public let high: Double
        /// The rows in it.
        public let count: Double
        /// The share of them in which the event happened: the recalibrated value.
        public let value: Double
    }

    /// The blocks, ascending; their values strictly increase.
    public let blocks: [Block]

    /// Fits forecasts in O(n log n).
    ///
    /// - Parameter forecasts: n ≥ 1 forecasts.
    ///
    /// ## Source
    ///
    /// Ayer, M. et al. (1955). An empirical distribution function for sampling with incomplete
    /// information. *Annals of Mathematical Statistics*, 26(4), 641–647.
    /// Checked against scikit-learn 1.9.1 `IsotonicRegression`: `fixtures/statistics/04_calibration`.
    public init(_ forecasts: BinaryForecasts) {
        let groups = ScoreGroups(forecasts)
        let counts = zip(groups.negatives, groups.positives).map { $0 + $1 }
        blocks = PoolAdjacentViolators.blocks(counts: counts, positives: groups.positives).map {
            Block(
                low: groups.scores[$0.groups.lowerBound],
                high: groups.scores[$0.groups.upperBound - 1],
                count: $0.count,
                value: $0.mean
            )
        }
    }

    /// Fits binned forecasts in O(bins): each bin counts as one probability, its mean score.
    ///
    /// - Parameter bins: Rows, scores and positives by bin, in ascending order of score.
    public init(_ bins: CalibrationBins) {
        let filled = bins.counts.indices.filter { bins.counts[$0] > 0 }
        blocks = PoolAdjacentViolators.blocks(
            counts: filled.map { bins.counts[$0] },
            positives: filled.map { min(bins.positives[$0], bins.counts[$0]) }
        ).map { block in
            func score(_ position: Int) -> Double {
                let bin = filled[position]
                return min(1, bins.scoreSums[bin] / bins.counts[bin])
            }
            return Block(
                low: score(block.groups.lowerBound),
                high: score(block.groups.upperBound - 1),
                count: block.count,
                value: block.mean
            )
        }
    }
}
