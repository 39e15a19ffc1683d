import RealModule

/// A mean with its standard error and the degrees of freedom of its t interval.
public struct MeanEstimate: Sendable, Hashable {
    /// The mean.
    public let mean: Double
    /// The standard error; `nil` with fewer than two independent units.
    public let standardError: Double?
    /// The degrees of freedom, units − 1.
    public let degreesOfFreedom: Int

    package init(mean: Double, standardError: Double?, degreesOfFreedom: Int) {
        self.mean = mean
        self.standardError = standardError
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// Estimates a mean from rows that are independent of each other.
    ///
    ///     x̄ ± t · s/√n,  s² = Σ(xᵢ − x̄)²/(n − 1)
    ///
    /// Rows of one day or one entity are seldom independent; then use ``blockMean(_:)``.
    ///
    /// - Parameter values: n ≥ 1 finite values.
    /// - Throws: ``StatisticsError/empty(name:)`` or
    ///   ``StatisticsError/notFinite(name:element:value:)``.
    public init(values: [Double]) throws(StatisticsError) {
        try Checks.notEmpty("values", values.count)
        try Checks.finite("values", values)
        let n = Double(values.count)
        var sum = 0.0
        for value in values { sum += value }
        let mean = sum / n
        var squares = 0.0
        for value in values { squares += (value - mean) * (value - mean) }
        self.mean = mean
        standardError = values.count < 2 ? nil : Double.sqrt(squares / (n - 1) / n)
        degreesOfFreedom = values.count - 1
    }

    /// Estimates a weighted mean from rows that are independent of each other.
    ///
    ///     x̄ = Σwx/Σw     SE = √(Σw²(x − x̄)²)/Σw
    ///
    /// - Parameters:
    ///   - values: n ≥ 1 finite values.
    ///   - weights: As many weights, 0 or more, not all 0.
    /// - Throws: ``StatisticsError`` for no values, unequal lengths, and numbers out of range.
    public init(values: [Double], weights: [Double]) throws(StatisticsError) {
        try Checks.notEmpty("values", values.count)
        try Checks.sameCount("values", values.count, "weights", weights.count)
        try Checks.finite("values", values)
        try Checks.nonnegative("weights", weights)
        var (sum, total, rows) = (0.0, 0.0, 0)
        for (value, weight) in zip(values, weights) where weight > 0 {
            sum += weight * value
            total += weight
            rows += 1
        }
        guard total > 0, total.isFinite else {
            throw .outOfRange(name: "sum of weights", value: total, allowed: "finite and above 0")
        }
        let mean = sum / total
        var squares = 0.0
        for (value, weight) in zip(values, weights) {
            let part = weight / total * (value - mean)
            squares += part * part
        }
        self.mean = mean
        standardError = rows < 2 ? nil : Double.sqrt(squares)
        degreesOfFreedom = rows - 1
    }

    /// The interval mean ± t · standard error with Student's t.
    ///
    /// - Parameter level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval, or `nil` when there is no standard error.
    public func interval(level: Double = 0.95) -> Interval? {
        Checks.level(level)
        guard let standardError, degreesOfFreedom > 0 else { return nil }
        let t = StudentT(degreesOfFreedom: Double(degreesOfFreedom)).critical(level: level)
        let half = t * standardError
        guard (mean + half).isFinite, (mean - half).isFinite else { return nil }
        return Interval(low: mean - half, high: mean + half)
    }
}
