/// Point forecasts ŷ of numbers with what was observed, checked once.
public struct PointForecasts: Sendable, Hashable {
    /// The forecasts ŷᵢ.
    public let predictions: [Double]
    /// What was observed, yᵢ.
    public let outcomes: [Double]
    /// The weight of each row; all 1 unless given.
    public let weights: [Double]

    /// Checks and keeps forecasts with their outcomes.
    ///
    /// - Parameters:
    ///   - predictions: n ≥ 1 finite numbers.
    ///   - outcomes: As many finite numbers.
    ///   - weights: As many numbers, 0 or more and not all 0; `nil` counts every row once.
    /// - Throws: ``StatisticsError`` for no rows, unequal lengths and numbers out of range.
    public init(
        predictions: [Double],
        outcomes: [Double],
        weights: [Double]? = nil
    ) throws(StatisticsError) {
        try Checks.notEmpty("predictions", predictions.count)
        try Checks.sameCount("predictions", predictions.count, "outcomes", outcomes.count)
        try Checks.finite("predictions", predictions)
        try Checks.finite("outcomes", outcomes)
        if let weights {
            try Checks.sameCount("predictions", predictions.count, "weights", weights.count)
            try Checks.nonnegative("weights", weights)
            guard weights.contains(where: { $0 > 0 }) else {
                throw .outOfRange(name: "sum of weights", value: 0, allowed: "above 0")
            }
        }
        self.predictions = predictions
        self.outcomes = outcomes
        self.weights = weights ?? [Double](repeating: 1, count: predictions.count)
    }

    /// The number of rows, n ≥ 1.
    public var count: Int { predictions.count }

    /// The sums that the mean errors are made of.
    public var totals: RegressionTotals {
        var totals = RegressionTotals()
        for (index, weight) in weights.enumerated() {
            totals.add(prediction: predictions[index], outcome: outcomes[index], weight: weight)
        }
        return totals
    }
}
