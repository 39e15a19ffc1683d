/// The share of labelled rows by score bin (or any stratum): π, the propensity to be labelled.
public struct LabelPropensity: Sendable, Hashable {
    /// The rows of each stratum.
    public let rows: [Double]
    /// The labelled rows of each stratum.
    public let labelled: [Double]

    /// Counts rows by stratum.
    ///
    /// - Parameters:
    ///   - strata: The stratum of each row, from 0.
    ///   - isLabelled: Whether the row has its label.
    ///   - count: The number of strata.
    /// - Throws: ``StatisticsError`` for unequal lengths and strata out of range.
    public init(strata: [Int], isLabelled: [Bool], count: Int) throws(StatisticsError) {
        precondition(count >= 1, "There is one stratum or more.")
        try Checks.sameCount("strata", strata.count, "isLabelled", isLabelled.count)
        var rows = [Double](repeating: 0, count: count)
        var labelled = rows
        for (stratum, hasLabel) in zip(strata, isLabelled) {
            guard stratum >= 0, stratum < count else {
                throw .outOfRange(
                    name: "stratum",
                    value: Double(stratum),
                    allowed: "from 0 to \(count - 1)"
                )
            }
            rows[stratum] += 1
            if hasLabel { labelled[stratum] += 1 }
        }
        self.rows = rows
        self.labelled = labelled
    }

    /// π of a stratum; `nil` when it has no rows.
    ///
    /// - Parameter stratum: The stratum.
    /// - Returns: The labelled share, from 0 to 1.
    public subscript(stratum: Int) -> Double? {
        rows[stratum] > 0 ? labelled[stratum] / rows[stratum] : nil
    }
}
