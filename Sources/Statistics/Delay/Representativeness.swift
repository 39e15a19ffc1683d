import RealModule

/// Whether labelled rows have the scores of all rows, among rows of equal age.
///
/// Labels missing at random given the score can be repaired; a difference here says that they must be.
/// Labels that depend on the outcome itself cannot be seen here at all.
public struct Representativeness: Sendable, Hashable {
    /// The chi-squared test of labelled against score bin; `nil` with fewer than two bins in use.
    public let binTest: ContingencyTest?
    /// The Kolmogorov–Smirnov distance of the scores of labelled and unlabelled rows.
    public let distance: Double
    /// The p-value of the distance.
    public let distancePValue: Double
    /// The area under the ROC curve of "is labelled" on the score; ½ is representative.
    public let propensityArea: Double

    /// Compares labelled and unlabelled rows; the result is `nil` unless there are both.
    ///
    /// - Parameters:
    ///   - scores: The score of each row with whether it is labelled as its outcome.
    ///   - binCount: The number of equal-width bins of the test.
    ///
    /// ## Source
    ///
    /// Checked against SciPy 1.17.1 `chi2_contingency` and `ks_2samp`:
    /// `fixtures/statistics/09_delay`.
    public init?(_ scores: BinaryForecasts, binCount: Int = 10) {
        guard let area = areaUnderCurve(scores) else { return nil }
        let histogram = ScoreHistogram(scores, binCount: binCount)
        binTest = ContingencyTest(histogram.positives, histogram.negatives)
        var (labelled, unlabelled): ([Double], [Double]) = ([], [])
        for (score, isLabelled) in zip(scores.probabilities, scores.outcomes) {
            if isLabelled { labelled.append(score) } else { unlabelled.append(score) }
        }
        distance = scoreSeparation(scores) ?? 0
        distancePValue = twoSamplePValue(
            distance: distance,
            count: labelled.count,
            otherCount: unlabelled.count
        )
        propensityArea = area
    }
}
