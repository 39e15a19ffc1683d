/// How counts of cohorts grow with age: volume-weighted development factors.
///
///     f_j = Σᵢ C_{i,j+1}/Σᵢ C_{i,j} over cohorts with both cells     maturity_j = 1/Π_{k≥j} f_k
///
/// ## Source
///
/// Mack, T. (1993). Distribution-free calculation of the standard error of chain ladder reserve
/// estimates. *ASTIN Bulletin*, 23(2), 213–225. Checked against `fixtures/statistics/09_delay`.
public struct ChainLadder: Sendable, Hashable {
    /// f_j, one for each step from one age to the next.
    public let factors: [Double]
    /// The share of the final count that has come at each age; the last is 1.
    public let maturity: [Double]

    /// Estimates the factors; the result is `nil` when a step has no cohort with counts at both ages.
    ///
    /// - Parameter cumulative: C_{i,j} by cohort and age, `nil` where not yet fully observed; cumulated
    ///   over ages, finite and 0 or more, rows of equal length.
    public init?(cumulative: [[Double?]]) {
        guard let ages = cumulative.first?.count, ages >= 1,
            cumulative.allSatisfy({ $0.count == ages })
        else { return nil }
        var factors: [Double] = []
        for age in 0..<(ages - 1) {
            var (before, after) = (0.0, 0.0)
            for cohort in cumulative {
                guard let now = cohort[age], let next = cohort[age + 1] else { continue }
                before += now
                after += next
            }
            guard before > 0, after > 0, before.isFinite, after.isFinite else { return nil }
            factors.append(after / before)
        }
        var maturity = [1.0]
        for factor in factors.reversed() { maturity.append((maturity.last ?? 1) / factor) }
        self.factors = factors
        self.maturity = maturity.reversed()
    }
}
