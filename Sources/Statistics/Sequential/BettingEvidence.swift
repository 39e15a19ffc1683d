import RealModule

/// Betting evidence that the shadow is better, against the null that it is never better on any row.
///
///     ln E = ln mean_k Σᵢ ln(1 + min(λ_k, ½/cᵢ) δᵢ),  cᵢ the most that row i can lose
///
/// Slightly stronger than ``RangeAdaptiveBernstein``, for the stronger null "the conditional mean gain
/// is at most 0 on every row". Order-free and mergeable. Own choice of bets.
///
/// ## Source
///
/// Waudby-Smith, I. and Ramdas, A. (2024). Estimating means of bounded random variables by betting.
/// *Journal of the Royal Statistical Society B*, 86(1), 1–27.
/// Checked against `fixtures/statistics/07_recommended`.
public struct BettingEvidence: Sendable, Hashable {
    /// λ_k, the bets.
    public let bets: [Double]
    /// The rows so far.
    public private(set) var count = 0
    private var wealthFor: [Double]
    private var wealthAgainst: [Double]

    /// Starts with no rows.
    ///
    /// - Parameters:
    ///   - largestRange: c_max > 0; the largest bet is 0.9/c_max.
    ///   - betCount: K ≥ 1, the number of bets.
    public init(largestRange: Double = 2, betCount: Int = 16) {
        precondition(largestRange > 0 && betCount >= 1, "The range and the bets are above 0.")
        bets = (0..<betCount).map { 0.9 / largestRange * Double.exp2(-0.5 * Double($0)) }
        wealthFor = [Double](repeating: 0, count: betCount)
        wealthAgainst = wealthFor
    }

    /// Adds a row.
    ///
    /// - Parameter row: The gain with its range.
    public mutating func add(_ row: GainRange) {
        let below = 0.5 / max(-row.lowest, 1e-12)
        let above = 0.5 / max(row.highest, 1e-12)
        count += 1
        for k in bets.indices {
            wealthFor[k] += Double.log(onePlus: min(bets[k], below) * row.gain)
            wealthAgainst[k] += Double.log(onePlus: -min(bets[k], above) * row.gain)
        }
    }

    /// Adds the rows of another state with the same bets.
    ///
    /// - Parameter other: The other state.
    public mutating func merge(_ other: BettingEvidence) {
        precondition(bets == other.bets, "The bets are equal.")
        count += other.count
        for k in bets.indices {
            wealthFor[k] += other.wealthFor[k]
            wealthAgainst[k] += other.wealthAgainst[k]
        }
    }

    /// ln E against "the shadow is never better": evidence for the shadow.
    public var logEvidenceForShadow: Double { LogSpace.mean(wealthFor) }

    /// ln E against "the champion is never better": evidence for the champion.
    public var logEvidenceForChampion: Double { LogSpace.mean(wealthAgainst) }
}
