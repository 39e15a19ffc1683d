import RealModule

/// McNemar's test for any time: evidence from two counts, however often one looks.
///
///     ln E = ln B(b + a, c + a) − ln B(a, a) + (b + c) ln 2     two-sided, Beta(a, a) mixture, a = ½
///     one-sided for the shadow: + ln P(Beta(c + a, b + a) > ½) − ln ½
///
/// b counts rows that only the champion gets right, c those that only the shadow does. Null: each
/// discordant row is a fair coin given the past. Whole numbers only, so it can be merged and corrected
/// exactly.
///
/// ## Source
///
/// The beta-binomial mixture of Robbins (1970) applied to McNemar's counts.
/// Checked against `fixtures/statistics/07_recommended`.
public struct AnytimeMcNemar: Sendable, Hashable {
    /// b: the rows on which only the champion is right.
    public var championOnly: Int
    /// c: the rows on which only the shadow is right.
    public var shadowOnly: Int

    /// Keeps the two discordant counts.
    ///
    /// - Parameters:
    ///   - championOnly: b, 0 or more.
    ///   - shadowOnly: c, 0 or more.
    public init(championOnly: Int, shadowOnly: Int) {
        precondition(championOnly >= 0 && shadowOnly >= 0, "Counts are 0 or more.")
        self.championOnly = championOnly
        self.shadowOnly = shadowOnly
    }

    /// Adds the counts of another state.
    ///
    /// - Parameter other: The other state.
    public mutating func merge(_ other: AnytimeMcNemar) {
        championOnly += other.championOnly
        shadowOnly += other.shadowOnly
    }

    /// ln E against equal accuracy.
    public var logEvidence: Double {
        let (b, c) = (Double(championOnly) + 0.5, Double(shadowOnly) + 0.5)
        // The kernel of Beta(b, c) at ½ is 2^−(b+c)/B(b, c), so the large terms never meet.
        let kernel = Stirling.logBetaKernel(b, c, x: 0.5, y: 0.5)
        return -kernel - Double.log(2) - logBeta(0.5, 0.5)
    }

    /// ln E against "the shadow is not more accurate".
    public var logEvidenceForShadow: Double { oneSided(winner: shadowOnly, loser: championOnly) }

    /// ln E against "the champion is not more accurate".
    public var logEvidenceForChampion: Double { oneSided(winner: championOnly, loser: shadowOnly) }

    private func oneSided(winner: Int, loser: Int) -> Double {
        logEvidence + Double.log(2)
            + Beta(Double(winner) + 0.5, Double(loser) + 0.5).logSurvival(0.5)
    }
}
