/// Counts of negatives and positives by bin of the score, bins ascending; weights allowed.
///
/// Where the bins lie does not matter to measures of rank, so the edges are not kept here.
public struct ScoreHistogram: Sendable, Hashable {
    /// The negatives (or their weight) in each bin.
    public let negatives: [Double]
    /// The positives (or their weight) in each bin.
    public let positives: [Double]
    /// The sum of the scores of the rows in each bin, if it was kept.
    public let scoreSums: [Double]?

    /// Checks and keeps the counts of bins.
    ///
    /// - Parameters:
    ///   - negatives: The negatives in each bin, 0 or more.
    ///   - positives: The positives in each bin, 0 or more; as many bins.
    ///   - scoreSums: The sum of scores in each bin, 0 or more; as many bins.
    /// - Throws: ``StatisticsError`` for no bins, unequal lengths, and negative or infinite numbers.
    public init(
        negatives: [Double],
        positives: [Double],
        scoreSums: [Double]? = nil
    ) throws(StatisticsError) {
        try Checks.notEmpty("bins", negatives.count)
        try Checks.sameCount("negatives", negatives.count, "positives", positives.count)
        try Checks.nonnegative("negatives", negatives)
        try Checks.nonnegative("positives", positives)
        if let scoreSums {
            try Checks.sameCount("negatives", negatives.count, "scoreSums", scoreSums.count)
            try Checks.nonnegative("scoreSums", scoreSums)
        }
        self.negatives = negatives
        self.positives = positives
        self.scoreSums = scoreSums
    }

    /// Counts forecasts into B bins of equal width, bin = ⌊p·B⌋, with 1 in the last bin.
    ///
    /// - Parameters:
    ///   - forecasts: The forecasts.
    ///   - binCount: B ≥ 1.
    public init(_ forecasts: BinaryForecasts, binCount: Int) {
        precondition(binCount >= 1, "A histogram has at least one bin.")
        var negatives = [Double](repeating: 0, count: binCount)
        var positives = negatives
        var sums = negatives
        for (p, y) in zip(forecasts.probabilities, forecasts.outcomes) {
            let bin = min(Int(p * Double(binCount)), binCount - 1)
            if y { positives[bin] += 1 } else { negatives[bin] += 1 }
            sums[bin] += p
        }
        self.negatives = negatives
        self.positives = positives
        scoreSums = sums
    }

    /// The number of bins.
    public var binCount: Int { negatives.count }
}
