/// What one binary prediction adds to its cells, in fixed point, for an outcome.
package struct BinaryLosses: Sendable {
    /// The log loss clips probabilities to [1e-15, 1 − 1e-15].
    package static let logLossClip = 1e-15
    /// −ln of the clip, the most that a row can lose.
    static let largestLogLoss = -portableLogarithm(logLossClip)

    package let score: Int64
    package let isPredictedPositive: Bool
    package let brier: Int128
    package let brierSquared: Int128
    package let logLoss: Int128
    package let logLossSquared: Int128
    package let isClipped: Bool
    package let isRight: Bool

    package init(probability: Double, isPositive: Bool, threshold: Double) {
        let squared = Self.brier(probability, isPositive: isPositive)
        let likelihood = isPositive ? probability : 1 - probability
        let clipped = min(max(likelihood, Self.logLossClip), 1 - Self.logLossClip)
        let log = -portableLogarithm(clipped)
        score = FixedPoint.score(probability)
        isPredictedPositive = probability >= threshold
        brier = FixedPoint.loss(squared)
        brierSquared = FixedPoint.loss(squared * squared)
        logLoss = FixedPoint.loss(log)
        logLossSquared = FixedPoint.loss(log * log)
        isClipped = clipped != likelihood
        isRight = isPredictedPositive == isPositive
    }

    /// The squared error of a probability.
    package static func brier(_ probability: Double, isPositive: Bool) -> Double {
        let distance = isPositive ? 1 - probability : probability
        return distance * distance
    }
}
