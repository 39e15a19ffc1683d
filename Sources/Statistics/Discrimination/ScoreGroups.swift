/// Forecasts grouped by equal score, ascending: all that rank-based measures need.
///
/// A histogram is the same thing with bins as groups. Weights of rows make the counts fractional.
struct ScoreGroups {
    /// The score of each group; empty when the groups are bins without scores.
    var scores: [Double] = []
    /// The negatives in each group.
    var negatives: [Double] = []
    /// The positives in each group.
    var positives: [Double] = []
    /// All negatives.
    private(set) var negativeTotal = 0.0
    /// All positives.
    private(set) var positiveTotal = 0.0

    /// Sorts and groups forecasts in O(n log n).
    ///
    /// The bits of a nonnegative Double order as the number itself, and the top two are free for
    /// values up to 1, so the outcome rides in the lowest bit of the sort key.
    init(_ forecasts: BinaryForecasts) {
        var keys = [UInt64](repeating: 0, count: forecasts.count)
        for (index, p) in forecasts.probabilities.enumerated() {
            // Adding zero turns −0 into +0, which is the same score.
            keys[index] = ((p + 0).bitPattern << 1) | (forecasts.outcomes[index] ? 1 : 0)
        }
        keys.sort()
        var start = 0
        while start < keys.count {
            let score = keys[start] >> 1
            var ones = 0
            var end = start
            while end < keys.count, keys[end] >> 1 == score {
                ones += Int(keys[end] & 1)
                end += 1
            }
            scores.append(Double(bitPattern: score))
            positives.append(Double(ones))
            negatives.append(Double(end - start - ones))
            start = end
        }
        addTotals()
    }

    /// Takes bins as groups.
    init(_ histogram: ScoreHistogram) {
        negatives = histogram.negatives
        positives = histogram.positives
        addTotals()
    }

    /// Takes groups in ascending order of score.
    init(scores: [Double], negatives: [Double], positives: [Double]) {
        self.scores = scores
        self.negatives = negatives
        self.positives = positives
        addTotals()
    }

    private mutating func addTotals() {
        for n in negatives { negativeTotal += n }
        for n in positives { positiveTotal += n }
    }

    /// The number of groups.
    var count: Int { positives.count }

    /// Whether both classes are present.
    var hasBothClasses: Bool { negativeTotal > 0 && positiveTotal > 0 }
}
