import RealModule

/// The gain of the shadow on one row, with the least and the most it could be before the label.
///
/// For two classes the gain takes one of two values, known from the two probabilities; that range is
/// what makes evidence from near-equal forecasts cheap.
public struct GainRange: Sendable, Hashable {
    /// The gain, loss(champion) − loss(shadow): positive when the shadow is better.
    public let gain: Double
    /// The least gain over the possible labels.
    public let lowest: Double
    /// The greatest gain over the possible labels.
    public let highest: Double

    /// Keeps a gain with its range.
    ///
    /// - Parameters:
    ///   - gain: The gain, finite.
    ///   - possible: The gain for each possible label; the gain must be among or between them.
    /// - Throws: ``StatisticsError`` for no labels and numbers that are not finite or out of range.
    public init(gain: Double, possible: [Double]) throws(StatisticsError) {
        try Checks.notEmpty("possible gains", possible.count)
        try Checks.finite("possible gains", possible)
        let lowest = possible.min() ?? 0
        let highest = possible.max() ?? 0
        guard gain >= lowest, gain <= highest else {
            throw .outOfRange(name: "gain", value: gain, allowed: "from \(lowest) to \(highest)")
        }
        self.gain = gain
        self.lowest = lowest
        self.highest = highest
    }

    private init(outcome: Bool, ifNegative: Double, ifPositive: Double) {
        gain = outcome ? ifPositive : ifNegative
        lowest = min(ifNegative, ifPositive)
        highest = max(ifNegative, ifPositive)
    }

    /// The gain in squared error, p² − q² or (1 − p)² − (1 − q)².
    ///
    /// - Parameters:
    ///   - champion: p, the champion's probability.
    ///   - shadow: q, the shadow's probability.
    ///   - outcome: Whether the event happened.
    /// - Returns: The gain with its range, within ±1.
    public static func brier(champion: Double, shadow: Double, outcome: Bool) -> GainRange {
        GainRange(
            outcome: outcome,
            ifNegative: (champion - shadow) * (champion + shadow),
            ifPositive: (shadow - champion) * (2 - champion - shadow)
        )
    }

    /// The gain in log loss of clipped probabilities, ln((1 − q)/(1 − p)) or ln(q/p).
    ///
    /// - Parameters:
    ///   - champion: p, the champion's probability.
    ///   - shadow: q, the shadow's probability.
    ///   - outcome: Whether the event happened.
    ///   - clip: ε, above 0 and below ½; without a clip the range would not be bounded.
    /// - Returns: The gain with its range, within ± ln((1 − ε)/ε).
    public static func logLoss(
        champion: Double,
        shadow: Double,
        outcome: Bool,
        clip: Double
    ) -> GainRange {
        func gain(_ y: Bool) -> Double {
            logLossOfRow(probability: champion, outcome: y, clip: clip)
                - logLossOfRow(probability: shadow, outcome: y, clip: clip)
        }
        return GainRange(outcome: outcome, ifNegative: gain(false), ifPositive: gain(true))
    }
}
