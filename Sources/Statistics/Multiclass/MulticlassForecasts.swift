/// Forecast probabilities of K ≥ 2 classes with what happened, checked once.
public struct MulticlassForecasts: Sendable, Hashable {
    /// How far the probabilities of a row may sum from 1.
    public static let sumTolerance = 1e-6

    /// K, the number of classes.
    public let classCount: Int
    /// The probabilities, row by row: row i, class k at i·K + k.
    public let probabilities: [Double]
    /// The class that happened in each row, from 0 to K − 1.
    public let outcomes: [Int]

    /// Checks and keeps probabilities with their outcomes.
    ///
    /// - Parameters:
    ///   - probabilities: Row by row, n·K numbers.
    ///   - classCount: K ≥ 2.
    ///   - outcomes: n ≥ 1 classes from 0 to K − 1.
    /// - Throws: ``StatisticsError`` for no rows, unequal lengths, values outside [0, 1], a row that
    ///   does not sum to 1 within 1e-6 (it is not renormalised) and classes out of range.
    public init(
        probabilities: [Double],
        classCount: Int,
        outcomes: [Int]
    ) throws(StatisticsError) {
        guard classCount >= 2 else {
            throw .outOfRange(
                name: "number of classes",
                value: Double(classCount),
                allowed: "2 or more"
            )
        }
        try Checks.notEmpty("outcomes", outcomes.count)
        try Checks.sameCount(
            "probabilities",
            probabilities.count,
            "expected numbers",
            outcomes.count * classCount
        )
        try Checks.probabilities("probabilities", probabilities)
        for (row, outcome) in outcomes.enumerated() {
            guard outcome >= 0, outcome < classCount else {
                throw .outOfRange(
                    name: "class of row \(row)",
                    value: Double(outcome),
                    allowed: "from 0 to \(classCount - 1)"
                )
            }
            var sum = 0.0
            for k in 0..<classCount { sum += probabilities[row * classCount + k] }
            guard abs(sum - 1) <= Self.sumTolerance else {
                throw .outOfRange(
                    name: "sum of the probabilities of row \(row)",
                    value: sum,
                    allowed: "1 within \(Self.sumTolerance)"
                )
            }
        }
        self.classCount = classCount
        self.probabilities = probabilities
        self.outcomes = outcomes
    }

    /// The number of rows, n ≥ 1.
    public var count: Int { outcomes.count }

    /// The probability of a class in a row.
    ///
    /// - Parameters:
    ///   - row: From 0 to n − 1.
    ///   - label: The class, from 0 to K − 1.
    /// - Returns: The probability.
    public subscript(row: Int, label: Int) -> Double { probabilities[row * classCount + label] }

    /// The most probable class of a row; the lowest of those that tie.
    ///
    /// - Parameter row: From 0 to n − 1.
    /// - Returns: The class.
    public func prediction(row: Int) -> Int {
        var best = 0
        for k in 1..<classCount where self[row, k] > self[row, best] { best = k }
        return best
    }

    /// The forecasts of one class against the rest.
    ///
    /// - Parameter label: The class, from 0 to K − 1.
    /// - Returns: Binary forecasts of the same rows.
    public func oneVersusRest(_ label: Int) -> BinaryForecasts {
        BinaryForecasts(
            unchecked: outcomes.indices.map { self[$0, label] },
            outcomes: outcomes.map { $0 == label }
        )
    }

    /// The forecasts that the most probable class is right, with its probability as confidence.
    ///
    /// - Returns: Binary forecasts of the same rows.
    public func confidence() -> BinaryForecasts {
        let predicted = outcomes.indices.map { prediction(row: $0) }
        return BinaryForecasts(
            unchecked: predicted.indices.map { self[$0, predicted[$0]] },
            outcomes: zip(predicted, outcomes).map { $0 == $1 }
        )
    }
}
