/// Counts of a reference and a current sample in the same cells, compared.
public struct BinnedShift: Sendable, Hashable {
    /// The reference counts.
    public let reference: [Double]
    /// The current counts.
    public let current: [Double]

    /// Checks and keeps two rows of counts.
    ///
    /// - Parameters:
    ///   - reference: Counts by cell, 0 or more, not all 0.
    ///   - current: Counts by the same cells, 0 or more, not all 0.
    /// - Throws: ``StatisticsError`` for unequal lengths, numbers out of range and an empty sample.
    public init(reference: [Double], current: [Double]) throws(StatisticsError) {
        try Checks.notEmpty("cells", reference.count)
        try Checks.sameCount("reference", reference.count, "current", current.count)
        try Checks.nonnegative("reference", reference)
        try Checks.nonnegative("current", current)
        guard reference.contains(where: { $0 > 0 }) else { throw .empty(name: "reference rows") }
        guard current.contains(where: { $0 > 0 }) else { throw .empty(name: "current rows") }
        self.reference = reference
        self.current = current
    }

    /// Shares with a constant added to every count, so that no cell is empty.
    ///
    /// - Parameter addition: What is added, 0 or more: ½ by default, 1 for parity with Boxkite.
    /// - Returns: The shares of both samples.
    public func shares(adding addition: Double = 0.5) -> (reference: [Double], current: [Double]) {
        func smooth(_ counts: [Double]) -> [Double] {
            let total = counts.reduce(0, +) + addition * Double(counts.count)
            return counts.map { ($0 + addition) / total }
        }
        return (smooth(reference), smooth(current))
    }

    /// The population stability index (PSI), counts raised by ½.
    ///
    /// A value means nothing without its bins and sample sizes: see ``stabilityNullMean``.
    public var stabilityIndex: Double { stabilityIndex(adding: 0.5) ?? 0 }

    /// The population stability index with a constant added to every count.
    ///
    /// - Parameter addition: What is added, 0 or more; 1 is what Boxkite's "KL divergence" shows.
    /// - Returns: The index, or `nil` when nothing is added and a cell is empty in one sample only.
    public func stabilityIndex(adding addition: Double) -> Double? {
        let (p, q) = shares(adding: addition)
        return Divergence.populationStability(p, q)
    }

    /// The PSI that two samples of one distribution show on average, (K − 1)(1/N + 1/M).
    public var stabilityNullMean: Double { Double(reference.count - 1) * sampling }

    /// The PSI beyond its null mean; about 0 without drift, may be negative.
    public var debiasedStabilityIndex: Double { stabilityIndex - stabilityNullMean }

    /// The p-value of the PSI: PSI/(1/N + 1/M) is nearly chi-squared with K − 1 degrees of freedom.
    ///
    /// Without smoothing where no cell is empty, which is what the approximation is for.
    ///
    /// ## Source
    ///
    /// Yurdakul, B. and Naranjo, J. (2020). Statistical properties of the population stability index.
    /// *Journal of Risk Model Validation*, 14(4). Checked against `fixtures/statistics/11_drift`.
    public var stabilityPValue: Double {
        guard reference.count > 1 else { return 1 }
        let index = stabilityIndex(adding: 0) ?? stabilityIndex
        return ChiSquared(degreesOfFreedom: Double(reference.count - 1)).survival(index / sampling)
    }

    private var sampling: Double { 1 / reference.reduce(0, +) + 1 / current.reduce(0, +) }
}

/// The edges that cut a sample into cells of equal mass: distinct quantiles, both ends open.
///
/// Cell k holds the values in (e_{k−1}, e_k]; see ``cellCounts(_:edges:)``.
///
/// - Parameters:
///   - values: n ≥ 1 finite values, in any order.
///   - cells: The number of cells, 2 or more; ties may leave fewer.
/// - Returns: Up to cells − 1 ascending edges.
/// - Throws: ``StatisticsError`` for no values and values that are not finite.
public func quantileEdges(_ values: [Double], cells: Int) throws(StatisticsError) -> [Double] {
    precondition(cells >= 2, "There are two cells or more.")
    try Checks.notEmpty("values", values.count)
    try Checks.finite("values", values)
    return quantileEdges(sorted: values.sorted(), cells: cells)
}

/// As ``quantileEdges(_:cells:)``, of n ≥ 1 ascending values.
func quantileEdges(sorted: [Double], cells: Int) -> [Double] {
    var edges: [Double] = []
    for k in 1..<cells {
        let edge = quantile(sorted: sorted, Double(k) / Double(cells))
        if edges.last != edge { edges.append(edge) }
    }
    return edges
}

/// The counts of values in the cells (−∞, e₁], (e₁, e₂], …, (e_last, ∞).
///
/// - Parameters:
///   - values: Values, none of them NaN.
///   - edges: Ascending edges.
/// - Returns: One count more than there are edges.
public func cellCounts(_ values: [Double], edges: [Double]) -> [Double] {
    var counts = [Double](repeating: 0, count: edges.count + 1)
    for value in values { counts[edges.partitioningIndex { $0 >= value }] += 1 }
    return counts
}
