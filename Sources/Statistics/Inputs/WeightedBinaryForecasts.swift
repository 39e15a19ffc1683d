/// Binary forecasts in which row i counts wᵢ times.
///
/// A whole weight is the same as that many copies of the row in every score that takes these.
public struct WeightedBinaryForecasts: Sendable, Hashable {
    /// The forecasts with their outcomes.
    public let forecasts: BinaryForecasts
    /// The weights wᵢ, 0 or more, not all 0.
    public let weights: [Double]

    /// Checks and keeps weights of forecasts.
    ///
    /// - Parameters:
    ///   - forecasts: n ≥ 1 forecasts.
    ///   - weights: As many weights, 0 or more, with a finite sum above 0.
    /// - Throws: ``StatisticsError`` for unequal lengths, weights below 0 and a sum that is not
    ///   finite and above 0.
    public init(_ forecasts: BinaryForecasts, weights: [Double]) throws(StatisticsError) {
        try Checks.sameCount("probabilities", forecasts.count, "weights", weights.count)
        try Checks.nonnegative("weights", weights)
        var sum = 0.0
        for weight in weights { sum += weight }
        guard sum > 0, sum.isFinite else {
            throw .outOfRange(name: "sum of weights", value: sum, allowed: "finite and above 0")
        }
        self.forecasts = forecasts
        self.weights = weights
    }

    /// Kish's effective number of rows, (Σw)²/Σw².
    public var effectiveCount: Double { Statistics.effectiveCount(weights: weights) }

    func mean(of value: (_ probability: Double, _ outcome: Bool) -> Double) -> Double {
        var (sum, total) = (0.0, 0.0)
        for (index, weight) in weights.enumerated() where weight > 0 {
            sum += weight * value(forecasts.probabilities[index], forecasts.outcomes[index])
            total += weight
        }
        return sum / total
    }
}

/// Kish's effective number of rows of weights, (Σw)²/Σw².
///
/// - Parameter weights: Weights, 0 or more.
/// - Returns: Between 1 and the number of weights above 0; 0 when there are none.
public func effectiveCount(weights: [Double]) -> Double {
    guard let largest = weights.max(), largest > 0 else { return 0 }
    var (sum, squares) = (0.0, 0.0)
    for weight in weights {
        sum += weight / largest
        squares += (weight / largest) * (weight / largest)
    }
    return sum * sum / squares
}
