import RealModule

/// Sums over rows of a regression, from which the mean errors follow; mergeable in any order.
public struct RegressionTotals: Sendable, Hashable {
    /// Σw, the number of rows.
    public private(set) var count = 0.0
    /// Σw(ŷ − y).
    public private(set) var errorSum = 0.0
    /// Σw|ŷ − y|.
    public private(set) var absoluteErrorSum = 0.0
    /// Σw(ŷ − y)².
    public private(set) var squaredErrorSum = 0.0
    /// Σwy.
    public private(set) var outcomeSum = 0.0
    /// Σw|y|.
    public private(set) var absoluteOutcomeSum = 0.0
    /// Σwy².
    public private(set) var squaredOutcomeSum = 0.0

    /// Starts with no rows.
    public init() {}

    /// Takes sums that were kept elsewhere.
    ///
    /// - Parameters:
    ///   - count: n.
    ///   - errorSum: Σ(ŷ − y).
    ///   - absoluteErrorSum: Σ|ŷ − y|.
    ///   - squaredErrorSum: Σ(ŷ − y)².
    ///   - outcomeSum: Σy.
    ///   - absoluteOutcomeSum: Σ|y|.
    ///   - squaredOutcomeSum: Σy².
    public init(
        count: Double,
        errorSum: Double,
        absoluteErrorSum: Double,
        squaredErrorSum: Double,
        outcomeSum: Double,
        absoluteOutcomeSum: Double,
        squaredOutcomeSum: Double
    ) {
        let all = [
            count, errorSum, absoluteErrorSum, squaredErrorSum, outcomeSum, absoluteOutcomeSum,
            squaredOutcomeSum,
        ]
        precondition(all.allSatisfy(\.isFinite) && count >= 0, "The sums are finite.")
        self.count = count
        self.errorSum = errorSum
        self.absoluteErrorSum = absoluteErrorSum
        self.squaredErrorSum = squaredErrorSum
        self.outcomeSum = outcomeSum
        self.absoluteOutcomeSum = absoluteOutcomeSum
        self.squaredOutcomeSum = squaredOutcomeSum
    }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - prediction: ŷ, finite.
    ///   - outcome: y, finite.
    ///   - weight: w, 0 or more.
    public mutating func add(prediction: Double, outcome: Double, weight: Double = 1) {
        let error = prediction - outcome
        count += weight
        errorSum += weight * error
        absoluteErrorSum += weight * abs(error)
        squaredErrorSum += weight * error * error
        outcomeSum += weight * outcome
        absoluteOutcomeSum += weight * abs(outcome)
        squaredOutcomeSum += weight * outcome * outcome
    }

    /// Adds the rows of other sums.
    ///
    /// - Parameter other: The other sums.
    public mutating func merge(_ other: RegressionTotals) {
        count += other.count
        errorSum += other.errorSum
        absoluteErrorSum += other.absoluteErrorSum
        squaredErrorSum += other.squaredErrorSum
        outcomeSum += other.outcomeSum
        absoluteOutcomeSum += other.absoluteOutcomeSum
        squaredOutcomeSum += other.squaredOutcomeSum
    }

    /// Rows with magnitudes beyond 1e100 may overflow the sums; what they spoil is undefined.
    private func mean(_ sum: Double) -> Double? {
        count > 0 && (sum / count).isFinite ? sum / count : nil
    }

    /// The mean absolute error, in the unit of y; lower is better; `nil` without rows.
    public var meanAbsoluteError: Double? { mean(absoluteErrorSum) }

    /// The mean squared error, in the square of the unit of y; lower is better; `nil` without rows.
    public var meanSquaredError: Double? { mean(squaredErrorSum) }

    /// The root mean squared error, in the unit of y; lower is better; `nil` without rows.
    public var rootMeanSquaredError: Double? {
        meanSquaredError.map { Double.sqrt(max(0, $0)) }
    }

    /// The bias, mean(ŷ − y): positive when forecasts are too high; `nil` without rows.
    public var bias: Double? { mean(errorSum) }

    /// The weighted absolute percentage error Σ|ŷ − y|/Σ|y|; `nil` when every outcome is 0.
    public var weightedAbsolutePercentageError: Double? {
        let ratio = absoluteErrorSum / absoluteOutcomeSum
        return absoluteOutcomeSum > 0 && ratio.isFinite ? ratio : nil
    }

    /// The coefficient of determination R² = 1 − SSE/SST; at most 1; `nil` when y does not vary.
    ///
    /// SST comes from Σy and Σy², so a large mean with little scatter loses digits.
    public var determination: Double? {
        guard count > 0 else { return nil }
        let spread = squaredOutcomeSum - outcomeSum / count * outcomeSum
        guard spread > 1e-12 * squaredOutcomeSum else { return nil }
        let share = squaredErrorSum / spread
        return share.isFinite ? 1 - share : nil
    }
}
