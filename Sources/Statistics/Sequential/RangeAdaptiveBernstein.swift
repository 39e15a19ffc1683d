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

    /// The sums over rows that everything follows from; they add up over any partition of the rows.
    public private(set) var sums: Sums

    /// The rows so far.
    public var count: Int { sums.count }
    /// The sum of gains.
    public var sum: Double { sums.gain }
    /// The rows on which a bet was cut to 0.9/c because the row was wider than c_max.
    public var cappedCount: Int { sums.cappedCount }

    /// What a state adds up, to be stored and merged.
    public struct Sums: Sendable, Hashable, Codable {
        /// The rows.
        public var count: Int
        /// The rows on which a bet was cut.
        public var cappedCount: Int
        /// Σδ.
        public var gain: Double
        /// Σ[λ_kδ − cost] for each bet that the shadow is better.
        public var evidenceForShadow: [Double]
        /// Σ[−λ_kδ − cost] for each bet that the champion is better.
        public var evidenceForChampion: [Double]
        /// The costs for each bet that the shadow is better.
        public var costsForShadow: [Double]
        /// The costs for each bet that the champion is better.
        public var costsForChampion: [Double]

        /// No rows yet.
        ///
        /// - Parameter betCount: K, the number of bets.
        public init(betCount: Int) {
            count = 0
            cappedCount = 0
            gain = 0
            evidenceForShadow = [Double](repeating: 0, count: betCount)
            evidenceForChampion = evidenceForShadow
            costsForShadow = evidenceForShadow
            costsForChampion = evidenceForShadow
        }

        mutating func add(_ other: Sums) {
            count += other.count
            cappedCount += other.cappedCount
            gain += other.gain
            for k in costsForShadow.indices {
                evidenceForShadow[k] += other.evidenceForShadow[k]
                evidenceForChampion[k] += other.evidenceForChampion[k]
                costsForShadow[k] += other.costsForShadow[k]
                costsForChampion[k] += other.costsForChampion[k]
            }
        }
    }

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
        sums = Sums(betCount: betCount)
    }

    /// Adds a row.
    ///
    /// - Parameter row: The gain with its range.
    public mutating func add(_ row: GainRange) {
        let below = max(-row.lowest, 1e-12)
        let above = max(row.highest, 1e-12)
        sums.count += 1
        sums.gain += row.gain
        if bets[0] * max(below, above) > 0.9 { sums.cappedCount += 1 }
        for k in bets.indices {
            let (forward, costForward) = Self.term(bet: bets[k], scale: below, gain: row.gain)
            let (back, costBack) = Self.term(bet: bets[k], scale: above, gain: -row.gain)
            sums.evidenceForShadow[k] += forward
            sums.costsForShadow[k] += costForward
            sums.evidenceForChampion[k] += back
            sums.costsForChampion[k] += costBack
        }
    }

    /// What a row costs each bet, ψ(λc)/c² δ²: what is stored of a row beside its gain.
    ///
    /// - Parameter row: The gain with its range.
    /// - Returns: The costs of the bets that the shadow is better, and of those that the champion is.
    public func costs(of row: GainRange) -> (forShadow: [Double], forChampion: [Double]) {
        let below = max(-row.lowest, 1e-12)
        let above = max(row.highest, 1e-12)
        return (
            bets.map { Self.term(bet: $0, scale: below, gain: row.gain).cost },
            bets.map { Self.term(bet: $0, scale: above, gain: -row.gain).cost }
        )
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
        sums.add(other.sums)
    }

    /// Adds sums that were stored.
    ///
    /// - Parameter stored: Sums of a state with the same parameters.
    /// - Throws: ``StatisticsError`` for another number of bets and numbers that are not finite.
    public mutating func merge(_ stored: Sums) throws(StatisticsError) {
        for list in [
            stored.evidenceForShadow, stored.evidenceForChampion, stored.costsForShadow,
            stored.costsForChampion,
        ] {
            try Checks.sameCount("bets", bets.count, "stored sums", list.count)
            try Checks.finite("stored sums", list)
        }
        try Checks.finite("stored gain", [stored.gain])
        sums.add(stored)
    }

    /// The mean gain; `nil` before the first row.
    public var mean: Double? { count > 0 ? sum / Double(count) : nil }

    /// ln E against "the running mean gain is never above 0": evidence for the shadow.
    public var logEvidenceForShadow: Double { LogSpace.mean(sums.evidenceForShadow) }

    /// ln E against "the running mean gain is never below 0": evidence for the champion.
    public var logEvidenceForChampion: Double { LogSpace.mean(sums.evidenceForChampion) }

    /// The confidence sequence of the running mean gain, at this time.
    ///
    /// `nil` before the first row, and when a bet was cut, for then the evidence is about a weighted
    /// mean.
    public var interval: Interval? {
        guard let mean, cappedCount == 0 else { return nil }
        let n = Double(count)
        let low = mean - solve(sums.costsForShadow) / n
        let high = mean + solve(sums.costsForChampion) / n
        return Interval(low: min(low, mean), high: max(high, mean))
    }

    /// The rows after which a given mean gain would be found, at the costs a row that were seen so far.
    ///
    ///     smallest n with ln mean_k exp(n(λ_kΔ − w̄_k)) = ln(2/α), w̄_k the mean cost
    ///
    /// - Parameter gain: Δ > 0, the smallest gain that matters.
    /// - Returns: n, not rounded, or `nil` before the first row and when no bet would ever find it.
    public func rowsNeeded(gain: Double) -> Double? {
        precondition(gain > 0, "The gain is above 0.")
        guard count > 0 else { return nil }
        let rates = bets.indices.map {
            bets[$0] * gain - sums.costsForShadow[$0] / Double(count)
        }
        guard let best = rates.max(), best > 0 else { return nil }
        let target = Double.log(2 / alpha)
        // One bet alone would need this many, and the mixture at most ln K/best more.
        let high = (target + Double.log(Double(bets.count))) / best
        guard high.isFinite else { return nil }
        return RootFinding.bracketed(low: 0, high: high * 1.000001) { n in
            LogSpace.mean(rates.map { $0 * n }) - target
        }
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
