import RealModule

/// Range-adaptive empirical-Bernstein evidence and confidence sequence (RA-EB) of a mean gain.
///
///     c = max(−lowest, 1e-12)     ψ(u) = −ln(1 − u) − u     λ_k = (0.9/c_max) 2^(−k/2)
///     ln E = ln mean_k exp Σᵢ [λδᵢ − ψ(λcᵢ)/cᵢ² · δᵢ²],  λ = min(λ_k, 0.9/cᵢ)
///
/// Own construction with a published inequality: Fan's bound with the scale of each row, which is known
/// before its label; it is theorem 4 of Howard et al. with a predictable scale. Non-asymptotic; the
/// rows are the units and must be independent given the past. Everything is a sum over rows: states
/// merge in any order.
///
/// ## Source
///
/// Fan, X., Grama, I. and Liu, Q. (2015). Exponential inequalities for martingales with applications.
/// *Electronic Journal of Probability*, 20, 1–22; Howard, S. R. et al. (2021). *Annals of Statistics*,
/// 49(2), theorem 4. Checked against `fixtures/statistics/07_recommended`.
public struct RangeAdaptiveBernstein: Sendable, Hashable {
    /// c_max, the widest range on one side that a row is meant to have.
    public let largestRange: Double
    /// The probability that the confidence sequence ever misses.
    public let alpha: Double
    /// λ_k, the bets.
    public let bets: [Double]

    /// The rows so far.
    public private(set) var count = 0
    /// The sum of gains.
    public private(set) var sum = 0.0
    /// The rows on which a bet was cut to 0.9/c because the row was wider than c_max.
    public private(set) var cappedCount = 0

    private var evidenceFor: [Double]
    private var evidenceAgainst: [Double]
    private var costsFor: [Double]
    private var costsAgainst: [Double]

    /// Starts with no rows.
    ///
    /// - Parameters:
    ///   - largestRange: c_max > 0: 2 for the Brier score, ln((1 − ε)/ε) for log loss clipped at ε.
    ///   - alpha: The error probability of the sequence, strictly between 0 and 1.
    ///   - betCount: K ≥ 1, the number of bets.
    public init(largestRange: Double = 2, alpha: Double = 0.05, betCount: Int = 16) {
        Checks.alpha(alpha)
        precondition(largestRange > 0 && betCount >= 1, "The range and the bets are above 0.")
        self.largestRange = largestRange
        self.alpha = alpha
        bets = (0..<betCount).map { 0.9 / largestRange * Double.exp2(-0.5 * Double($0)) }
        evidenceFor = [Double](repeating: 0, count: betCount)
        evidenceAgainst = evidenceFor
        costsFor = evidenceFor
        costsAgainst = evidenceFor
    }

    /// Adds a row.
    ///
    /// - Parameter row: The gain with its range.
    public mutating func add(_ row: GainRange) {
        let below = max(-row.lowest, 1e-12)
        let above = max(row.highest, 1e-12)
        count += 1
        sum += row.gain
        if bets[0] * max(below, above) > 0.9 { cappedCount += 1 }
        for k in bets.indices {
            let (forward, costForward) = Self.term(bet: bets[k], scale: below, gain: row.gain)
            let (back, costBack) = Self.term(bet: bets[k], scale: above, gain: -row.gain)
            evidenceFor[k] += forward
            costsFor[k] += costForward
            evidenceAgainst[k] += back
            costsAgainst[k] += costBack
        }
    }

    private static func term(
        bet: Double,
        scale: Double,
        gain: Double
    ) -> (evidence: Double, cost: Double) {
        let bet = min(bet, 0.9 / scale)
        let ratio = gain / scale
        let cost = exponentialCost(bet * scale) * ratio * ratio
        return (bet * gain - cost, cost)
    }

    /// Adds the rows of another state with the same parameters.
    ///
    /// - Parameter other: The other state.
    public mutating func merge(_ other: RangeAdaptiveBernstein) {
        precondition(bets == other.bets && alpha == other.alpha, "The parameters are equal.")
        count += other.count
        sum += other.sum
        cappedCount += other.cappedCount
        for k in bets.indices {
            evidenceFor[k] += other.evidenceFor[k]
            evidenceAgainst[k] += other.evidenceAgainst[k]
            costsFor[k] += other.costsFor[k]
            costsAgainst[k] += other.costsAgainst[k]
        }
    }

    /// The mean gain; `nil` before the first row.
    public var mean: Double? { count > 0 ? sum / Double(count) : nil }

    /// ln E against "the running mean gain is never above 0": evidence for the shadow.
    public var logEvidenceForShadow: Double { LogSpace.mean(evidenceFor) }

    /// ln E against "the running mean gain is never below 0": evidence for the champion.
    public var logEvidenceForChampion: Double { LogSpace.mean(evidenceAgainst) }

    /// The confidence sequence of the running mean gain, at this time.
    ///
    /// `nil` before the first row, and when a bet was cut, for then the evidence is about a weighted
    /// mean.
    public var interval: Interval? {
        guard let mean, cappedCount == 0 else { return nil }
        let n = Double(count)
        let low = mean - solve(costsFor) / n
        let high = mean + solve(costsAgainst) / n
        return Interval(low: min(low, mean), high: max(high, mean))
    }

    /// D with ln mean_k exp(λ_k D − W_k) = ln(2/α).
    private func solve(_ costs: [Double]) -> Double {
        let target = Double.log(2 / alpha)
        func excess(_ distance: Double) -> Double {
            LogSpace.mean(bets.indices.map { bets[$0] * distance - costs[$0] }) - target
        }
        var high = 1.0
        while excess(high) < 0 { high *= 2 }
        return RootFinding.bracketed(low: 0, high: high, excess)
    }
}

/// ψ(u) = −ln(1 − u) − u for 0 ≤ u < 1, without cancellation for small u.
func exponentialCost(_ u: Double) -> Double {
    if u > 0.05 { return -Double.log(onePlus: -u) - u }
    var term = u * u
    var sum = 0.5 * term
    for k in 3..<40 {
        term *= u
        let next = sum + term / Double(k)
        if next == sum { break }
        sum = next
    }
    return sum
}
