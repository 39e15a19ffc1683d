/// Completes a score histogram of labelled rows to all rows: Begg and Greenes' correction.
///
///     n₁_b = N_b · (positives among the labelled of bin b)/(labelled of bin b), n₀_b = N_b − n₁_b
///
/// Valid if labels are missing at random given the score bin. Ranking measures and rates of the
/// completed histogram are then those of all rows.
///
/// - Parameters:
///   - labelled: Labelled negatives and positives by bin.
///   - counts: N_b, all rows by bin, at least as many as labelled.
/// - Returns: The completed histogram, or `nil` when a bin has rows but none is labelled.
/// - Throws: ``StatisticsError`` for unequal lengths and counts out of range.
///
/// ## Source
///
/// Begg, C. B. and Greenes, R. A. (1983). Assessment of diagnostic tests when disease verification is
/// subject to selection bias. *Biometrics*, 39(1), 207–215.
/// Checked against `fixtures/statistics/09_delay`.
public func completedHistogram(
    labelled: ScoreHistogram,
    counts: [Double]
) throws(StatisticsError) -> ScoreHistogram? {
    try Checks.sameCount("bins", labelled.binCount, "counts", counts.count)
    try Checks.nonnegative("counts", counts)
    var negatives: [Double] = []
    var positives: [Double] = []
    for (bin, all) in counts.enumerated() {
        let verified = labelled.negatives[bin] + labelled.positives[bin]
        guard all >= verified else {
            throw .outOfRange(
                name: "count of bin \(bin)",
                value: all,
                allowed: "at least \(verified)"
            )
        }
        if all == 0 {
            negatives.append(0)
            positives.append(0)
            continue
        }
        guard verified > 0 else { return nil }
        positives.append(all * (labelled.positives[bin] / verified))
        negatives.append(all * (labelled.negatives[bin] / verified))
    }
    return try ScoreHistogram(negatives: negatives, positives: positives)
}

extension ConfusionCounts {
    /// The decisions of a histogram that predicts positive from a bin on.
    ///
    /// - Parameters:
    ///   - histogram: Counts of both classes by bin.
    ///   - firstPositiveBin: The lowest bin that is predicted positive.
    public init(_ histogram: ScoreHistogram, firstPositiveBin: Int) {
        var (tp, fp, fn, tn) = (0.0, 0.0, 0.0, 0.0)
        for bin in 0..<histogram.binCount {
            if bin >= firstPositiveBin {
                tp += histogram.positives[bin]
                fp += histogram.negatives[bin]
            } else {
                fn += histogram.positives[bin]
                tn += histogram.negatives[bin]
            }
        }
        self.init(truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn)
    }
}
