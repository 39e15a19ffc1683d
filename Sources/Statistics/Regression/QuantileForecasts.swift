/// Quantile forecasts of numbers with what was observed, checked once.
public struct QuantileForecasts: Sendable, Hashable {
    /// The levels τ, ascending and strictly between 0 and 1.
    public let levels: [Double]
    /// The quantiles q, row by row: row i, level j at i·L + j.
    public let quantiles: [Double]
    /// What was observed.
    public let outcomes: [Double]

    /// Checks and keeps quantiles with their outcomes.
    ///
    /// - Parameters:
    ///   - levels: L ≥ 1 levels, ascending and strictly between 0 and 1.
    ///   - quantiles: Row by row, n·L finite numbers; crossing quantiles are taken as they are.
    ///   - outcomes: n ≥ 1 finite numbers.
    /// - Throws: ``StatisticsError`` for no rows, unequal lengths and numbers out of range.
    public init(
        levels: [Double],
        quantiles: [Double],
        outcomes: [Double]
    ) throws(StatisticsError) {
        try Checks.notEmpty("levels", levels.count)
        try Checks.notEmpty("outcomes", outcomes.count)
        try Checks.sameCount(
            "quantiles",
            quantiles.count,
            "expected numbers",
            outcomes.count * levels.count
        )
        try Checks.finite("quantiles", quantiles)
        try Checks.finite("outcomes", outcomes)
        var last = 0.0
        for level in levels {
            guard level > last, level < 1 else {
                throw .outOfRange(
                    name: "level",
                    value: level,
                    allowed: "ascending and between 0 and 1"
                )
            }
            last = level
        }
        self.levels = levels
        self.quantiles = quantiles
        self.outcomes = outcomes
    }

    /// The number of rows, n ≥ 1.
    public var count: Int { outcomes.count }

    /// The quantile of a row.
    ///
    /// - Parameters:
    ///   - row: From 0 to n − 1.
    ///   - level: The index of the level.
    /// - Returns: The quantile.
    public subscript(row: Int, level: Int) -> Double { quantiles[row * levels.count + level] }

    /// The index of a level, or `nil` when it is not among the levels.
    ///
    /// - Parameter level: τ; levels within 1e-9 count as equal.
    /// - Returns: The index.
    public func index(of level: Double) -> Int? {
        levels.firstIndex { abs($0 - level) < 1e-9 }
    }

    func mean(_ value: (_ row: Int) -> Double) -> Double {
        var sum = 0.0
        for row in 0..<count { sum += value(row) }
        return sum / Double(count)
    }
}
