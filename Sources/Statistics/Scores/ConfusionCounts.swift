import RealModule

/// The counts of a two-class decision against the truth.
///
/// Predicted positive means `score >= threshold`. Counts may be sums of weights.
public struct ConfusionCounts: Sendable, Hashable {
    /// Predicted positive, and positive.
    public let truePositives: Double
    /// Predicted positive, but negative.
    public let falsePositives: Double
    /// Predicted negative, but positive.
    public let falseNegatives: Double
    /// Predicted negative, and negative.
    public let trueNegatives: Double

    /// Keeps four counts.
    ///
    /// - Parameters:
    ///   - truePositives: Predicted positive, and positive; 0 or more.
    ///   - falsePositives: Predicted positive, but negative; 0 or more.
    ///   - falseNegatives: Predicted negative, but positive; 0 or more.
    ///   - trueNegatives: Predicted negative, and negative; 0 or more.
    public init(
        truePositives: Int,
        falsePositives: Int,
        falseNegatives: Int,
        trueNegatives: Int
    ) {
        self.init(
            truePositives: Double(truePositives),
            falsePositives: Double(falsePositives),
            falseNegatives: Double(falseNegatives),
            trueNegatives: Double(trueNegatives)
        )
    }

    /// Keeps four sums of weights.
    ///
    /// - Parameters:
    ///   - truePositives: Predicted positive, and positive; 0 or more.
    ///   - falsePositives: Predicted positive, but negative; 0 or more.
    ///   - falseNegatives: Predicted negative, but positive; 0 or more.
    ///   - trueNegatives: Predicted negative, and negative; 0 or more.
    public init(
        truePositives: Double,
        falsePositives: Double,
        falseNegatives: Double,
        trueNegatives: Double
    ) {
        let all = [truePositives, falsePositives, falseNegatives, trueNegatives]
        precondition(all.allSatisfy { $0 >= 0 && $0.isFinite }, "Counts are 0 or more.")
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.falseNegatives = falseNegatives
        self.trueNegatives = trueNegatives
    }

    /// Counts the decisions `probability >= threshold` of forecasts.
    ///
    /// - Parameters:
    ///   - forecasts: The forecasts with their outcomes.
    ///   - threshold: The lowest probability that decides "positive".
    public init(_ forecasts: BinaryForecasts, threshold: Double) {
        var (tp, fp, fn, tn) = (0, 0, 0, 0)
        for (p, y) in zip(forecasts.probabilities, forecasts.outcomes) {
            switch (p >= threshold, y) {
            case (true, true): tp += 1
            case (true, false): fp += 1
            case (false, true): fn += 1
            case (false, false): tn += 1
            }
        }
        self.init(truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn)
    }

    /// All rows, N.
    public var total: Double { truePositives + falsePositives + falseNegatives + trueNegatives }
    /// The rows that are positive, TP + FN.
    public var positives: Double { truePositives + falseNegatives }
    /// The rows that are negative, TN + FP.
    public var negatives: Double { trueNegatives + falsePositives }
    /// The rows predicted positive, TP + FP.
    public var predictedPositives: Double { truePositives + falsePositives }
    /// The rows predicted negative, TN + FN.
    public var predictedNegatives: Double { trueNegatives + falseNegatives }
}
