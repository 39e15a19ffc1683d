import RealModule

/// The share of predictions that have their label by age: the discrete Kaplan–Meier estimate.
///
///     h(a) = d_a/r_a     G(a) = 1 − Π_{j≤a}(1 − h(j))
///
/// For known denominators: every prediction is known, labelled or not. A prediction without a label is
/// censored at its present age. G(∞) below 1 is the share that never gets a label.
///
/// ## Source
///
/// Kaplan, E. L. and Meier, P. (1958). Nonparametric estimation from incomplete observations. *Journal
/// of the American Statistical Association*, 53, 457–481; errors by Greenwood (1926).
/// Checked against lifelines 0.30.3 and R survival 3.5-3: `fixtures/statistics/09_delay`.
public struct LabelMaturity: Sendable, Hashable {
    /// G(a) for a = 0, 1, …, up to the greatest age seen.
    public let shares: [Double]
    /// Greenwood's standard error of each share.
    public let standardErrors: [Double]

    /// Estimates maturity from rows.
    ///
    /// - Parameters:
    ///   - ages: For a labelled row the age at its label, else its present age; 0 or more.
    ///   - isLabelled: Whether the row has its label.
    /// - Throws: ``StatisticsError`` for no rows, unequal lengths, and ages below 0 or above a
    ///   million.
    public init(ages: [Int], isLabelled: [Bool]) throws(StatisticsError) {
        try Checks.notEmpty("ages", ages.count)
        try Checks.sameCount("ages", ages.count, "isLabelled", isLabelled.count)
        let oldest = ages.max() ?? 0
        for age in ages where age < 0 || age > 1_000_000 {
            throw .outOfRange(name: "age", value: Double(age), allowed: "from 0 to 1000000")
        }
        var events = [Double](repeating: 0, count: oldest + 1)
        var censored = events
        for (age, labelled) in zip(ages, isLabelled) {
            if labelled { events[age] += 1 } else { censored[age] += 1 }
        }
        try self.init(events: events, censored: censored)
    }

    /// Estimates maturity from counts by age.
    ///
    /// - Parameters:
    ///   - events: The rows labelled at each age, from age 0.
    ///   - censored: The rows without a label whose present age it is.
    /// - Throws: ``StatisticsError`` for no ages, unequal lengths and counts below 0.
    public init(events: [Double], censored: [Double]) throws(StatisticsError) {
        try Checks.notEmpty("ages", events.count)
        try Checks.sameCount("events", events.count, "censored", censored.count)
        try Checks.nonnegative("events", events)
        try Checks.nonnegative("censored", censored)
        var atRisk = 0.0
        for (d, c) in zip(events, censored) { atRisk += d + c }
        var (survival, variance) = (1.0, 0.0)
        var shares: [Double] = []
        var errors: [Double] = []
        for (d, c) in zip(events, censored) {
            if atRisk > 0 {
                survival *= 1 - d / atRisk
                if atRisk > d { variance += d / (atRisk * (atRisk - d)) }
            }
            shares.append(1 - survival)
            errors.append(survival * Double.sqrt(variance))
            atRisk = max(0, atRisk - d - c)
        }
        self.shares = shares
        standardErrors = errors
    }

    /// G at an age; the last share beyond the greatest age seen, 0 below age 0.
    ///
    /// - Parameter age: The age.
    /// - Returns: The share labelled by then.
    public func share(atAge age: Int) -> Double {
        age < 0 ? 0 : shares[min(age, shares.count - 1)]
    }

    /// The least age at which a fraction of all labels that ever come has come.
    ///
    /// - Parameter fraction: Above 0 and at most 1; 0.95 is usual.
    /// - Returns: The age, or `nil` when no label has come at all.
    public func watermark(fraction: Double = 0.95) -> Int? {
        guard let plateau = shares.last, plateau > 0 else { return nil }
        return shares.firstIndex { $0 >= fraction * plateau }
    }
}
