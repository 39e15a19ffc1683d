/// The weighted Brier score, Σw(p − y)²/Σw.
///
/// - Parameter forecasts: Weighted forecasts.
/// - Returns: The score from 0 to 1; lower is better.
public func brierScore(_ forecasts: WeightedBinaryForecasts) -> Double {
    forecasts.mean { p, y in
        let error = y ? 1 - p : p
        return error * error
    }
}

/// The weighted log loss in nats.
///
/// - Parameters:
///   - forecasts: Weighted forecasts.
///   - clip: ε, above 0 and at most ½.
/// - Returns: The loss with the number of clipped rows, each counted once.
public func logLoss(_ forecasts: WeightedBinaryForecasts, clip: Double = 1e-15) -> LogLoss {
    precondition(clip > 0 && clip <= 0.5, "The clip lies above 0 and is at most one half.")
    var clipped = 0
    for (p, weight) in zip(forecasts.forecasts.probabilities, forecasts.weights)
    where weight > 0 && (p < clip || p > 1 - clip) {
        clipped += 1
    }
    let value = forecasts.mean { logLossOfRow(probability: $0, outcome: $1, clip: clip) }
    return LogLoss(value: value, clippedCount: clipped)
}

/// The weighted area under the ROC curve: pairs count by the product of their weights.
///
/// - Parameter forecasts: Weighted forecasts.
/// - Returns: The area, or `nil` unless both classes have weight.
public func areaUnderCurve(_ forecasts: WeightedBinaryForecasts) -> Double? {
    ScoreGroups(forecasts).areaUnderCurve
}

/// The weighted average precision.
///
/// - Parameter forecasts: Weighted forecasts.
/// - Returns: The average precision, or `nil` without positives of any weight.
public func averagePrecision(_ forecasts: WeightedBinaryForecasts) -> Double? {
    ScoreGroups(forecasts).averagePrecision
}

extension ConfusionCounts {
    /// Adds up the weights of the decisions `probability >= threshold`.
    ///
    /// - Parameters:
    ///   - forecasts: Weighted forecasts.
    ///   - threshold: The lowest probability that decides "positive".
    public init(_ forecasts: WeightedBinaryForecasts, threshold: Double) {
        var (tp, fp, fn, tn) = (0.0, 0.0, 0.0, 0.0)
        for (index, weight) in forecasts.weights.enumerated() {
            let isPositive = forecasts.forecasts.probabilities[index] >= threshold
            switch (isPositive, forecasts.forecasts.outcomes[index]) {
            case (true, true): tp += weight
            case (true, false): fp += weight
            case (false, true): fn += weight
            case (false, false): tn += weight
            }
        }
        self.init(truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn)
    }
}

extension ScoreGroups {
    /// Groups weighted forecasts in O(n log n); rows of weight 0 are left out.
    init(_ weighted: WeightedBinaryForecasts) {
        let scores = weighted.forecasts.probabilities
        let order = scores.indices.filter { weighted.weights[$0] > 0 }
            .sorted { (scores[$0], $0) < (scores[$1], $1) }
        var grouped: (scores: [Double], negatives: [Double], positives: [Double]) = ([], [], [])
        for row in order {
            if grouped.scores.last != scores[row] {
                grouped.scores.append(scores[row])
                grouped.negatives.append(0)
                grouped.positives.append(0)
            }
            let last = grouped.scores.count - 1
            if weighted.forecasts.outcomes[row] {
                grouped.positives[last] += weighted.weights[row]
            } else {
                grouped.negatives[last] += weighted.weights[row]
            }
        }
        self.init(
            scores: grouped.scores,
            negatives: grouped.negatives,
            positives: grouped.positives
        )
    }
}
