/// Forecast probabilities of an event with what happened: n ≥ 1 pairs (pᵢ, yᵢ), checked once.
///
/// The scores computed from it cannot fail: lengths agree and every probability is a finite number
/// from 0 to 1. The order of the rows is kept but no score depends on it, other than by the
/// rounding of sums, which are taken left to right.
public struct BinaryForecasts: Sendable, Hashable {
    /// The forecast probabilities pᵢ of the event, each from 0 to 1.
    public let probabilities: [Double]
    /// Whether the event happened, yᵢ.
    public let outcomes: [Bool]

    /// Checks and keeps probabilities with their outcomes.
    ///
    /// - Parameters:
    ///   - probabilities: The forecast probabilities, n ≥ 1.
    ///   - outcomes: Whether the event happened; as many as there are probabilities.
    /// - Throws: ``StatisticsError/empty(name:)`` for no rows,
    ///   ``StatisticsError/lengthsDiffer(name:count:otherName:otherCount:)`` for unequal lengths, and
    ///   ``StatisticsError/notAProbability(name:element:value:)`` for the first value outside [0, 1].
    public init(probabilities: [Double], outcomes: [Bool]) throws(StatisticsError) {
        try Checks.notEmpty("probabilities", probabilities.count)
        try Checks.sameCount(
            "probabilities",
            probabilities.count,
            "outcomes",
            outcomes.count
        )
        try Checks.probabilities("probabilities", probabilities)
        self.probabilities = probabilities
        self.outcomes = outcomes
    }

    /// Keeps what a checked type guarantees already.
    init(unchecked probabilities: [Double], outcomes: [Bool]) {
        self.probabilities = probabilities
        self.outcomes = outcomes
    }

    /// The number of rows, n ≥ 1.
    public var count: Int { probabilities.count }

    /// The number of rows in which the event happened.
    public var positiveCount: Int {
        var total = 0
        for outcome in outcomes where outcome { total += 1 }
        return total
    }

    /// The number of rows in which the event did not happen.
    public var negativeCount: Int { count - positiveCount }
}
