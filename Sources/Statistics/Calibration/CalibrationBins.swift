/// Which edge of an equal-width bin belongs to it.
public enum BinEdges: String, Sendable, Hashable, CaseIterable {
    /// [a, b): the lower edge belongs to the bin, and 1 to the last one. The default.
    case lower
    /// (a, b]: the upper edge belongs to the bin, and 0 to the first one.
    case upper
}

/// Rows, sums of scores and positives by bin: what a reliability diagram and binned errors need.
public struct CalibrationBins: Sendable, Hashable {
    /// The rows in each bin, n_b.
    public let counts: [Double]
    /// The sum of the scores in each bin, Σp.
    public let scoreSums: [Double]
    /// The positives in each bin, Σy.
    public let positives: [Double]

    /// Checks and keeps the sums of bins.
    ///
    /// - Parameters:
    ///   - counts: Rows by bin, 0 or more.
    ///   - scoreSums: Σp by bin, 0 or more; as many bins.
    ///   - positives: Σy by bin, 0 or more; as many bins.
    /// - Throws: ``StatisticsError`` for no bins, unequal lengths, and negative or infinite numbers.
    public init(
        counts: [Double],
        scoreSums: [Double],
        positives: [Double]
    ) throws(StatisticsError) {
        try Checks.notEmpty("bins", counts.count)
        try Checks.sameCount("counts", counts.count, "scoreSums", scoreSums.count)
        try Checks.sameCount("counts", counts.count, "positives", positives.count)
        try Checks.nonnegative("counts", counts)
        try Checks.nonnegative("scoreSums", scoreSums)
        try Checks.nonnegative("positives", positives)
        self.counts = counts
        self.scoreSums = scoreSums
        self.positives = positives
    }

    /// Puts forecasts into bins of equal width.
    ///
    /// The bin is found in whole numbers on the score in billionths, so that 0.29 lies in the same
    /// bin on every path: floating-point edges move rows between bins.
    ///
    /// - Parameters:
    ///   - forecasts: The forecasts.
    ///   - count: The number of bins, 1 or more.
    ///   - edges: Which edge belongs to a bin.
    public init(
        equalWidth forecasts: BinaryForecasts,
        count: Int,
        edges: BinEdges = .lower
    ) {
        precondition(count >= 1 && count <= 1_000_000, "There are 1 to a million bins.")
        let scale = 1_000_000_000
        var counts = [Double](repeating: 0, count: count)
        var sums = counts
        var positives = counts
        for (p, y) in zip(forecasts.probabilities, forecasts.outcomes) {
            let units = Int((p * Double(scale)).rounded())
            let bin =
                switch edges {
                case .lower: min(units * count / scale, count - 1)
                case .upper: max((units * count + scale - 1) / scale - 1, 0)
                }
            counts[bin] += 1
            sums[bin] += p
            if y { positives[bin] += 1 }
        }
        self.counts = counts
        scoreSums = sums
        self.positives = positives
    }

    /// Puts forecasts into bins of nearly equal mass that never split equal scores.
    ///
    /// A bin ends with the first distinct score at which the rows so far reach k·n/B. The order of the
    /// rows does not matter, and heavily tied scores give fewer than B bins.
    ///
    /// - Parameters:
    ///   - forecasts: The forecasts.
    ///   - count: B ≥ 1, the number of bins at most.
    public init(equalMass forecasts: BinaryForecasts, count: Int) {
        precondition(count >= 1, "There is one bin or more.")
        let groups = ScoreGroups(forecasts)
        let share = Double(forecasts.count) / Double(count)
        var bins = BinBuilder()
        var (rows, finished) = (0.0, 0.0)
        for group in 0..<groups.count {
            let n = groups.negatives[group] + groups.positives[group]
            bins.add(
                count: n,
                scoreSum: n * groups.scores[group],
                positives: groups.positives[group]
            )
            rows += n
            // Counted in whole bins, so that a step over several ends them all.
            if rows >= (finished + 1) * share * (1 - 1e-12) {
                bins.close()
                finished = (rows / share * (1 + 1e-12)).rounded(.down)
            }
        }
        self = bins.finished()
    }

    /// Puts forecasts into bins of equal count by rank, splitting equal scores by the order of rows.
    ///
    /// For parity with tools that bin so; with ties the result depends on the order of the rows.
    ///
    /// - Parameters:
    ///   - forecasts: The forecasts.
    ///   - count: B ≥ 1; bin = ⌊rank·B/n⌋ with ranks from 0.
    public init(equalRank forecasts: BinaryForecasts, count: Int) {
        precondition(count >= 1, "There is one bin or more.")
        self = RankedForecasts(forecasts).bins(count)
    }

    /// Puts forecasts into bins (a, b] between given edges.
    ///
    /// - Parameters:
    ///   - forecasts: The forecasts.
    ///   - upperEdges: The upper edges, ascending; scores above the last one join the last bin.
    public init(_ forecasts: BinaryForecasts, upperEdges: [Double]) {
        precondition(!upperEdges.isEmpty, "There is one bin or more.")
        var counts = [Double](repeating: 0, count: upperEdges.count)
        var sums = counts
        var positives = counts
        for (p, y) in zip(forecasts.probabilities, forecasts.outcomes) {
            let bin = min(upperEdges.partitioningIndex { $0 >= p }, upperEdges.count - 1)
            counts[bin] += 1
            sums[bin] += p
            if y { positives[bin] += 1 }
        }
        self.counts = counts
        scoreSums = sums
        self.positives = positives
    }

    /// Takes the bins of a score histogram that kept its sums of scores.
    ///
    /// - Parameter histogram: The histogram; `nil` results when it has no sums of scores.
    public init?(_ histogram: ScoreHistogram) {
        guard let sums = histogram.scoreSums else { return nil }
        counts = zip(histogram.negatives, histogram.positives).map { $0 + $1 }
        scoreSums = sums
        positives = histogram.positives
    }

    /// All rows.
    public var total: Double {
        var sum = 0.0
        for n in counts { sum += n }
        return sum
    }
}

extension CalibrationBins {
    init(uncheckedCounts counts: [Double], scoreSums: [Double], positives: [Double]) {
        self.counts = counts
        self.scoreSums = scoreSums
        self.positives = positives
    }
}
