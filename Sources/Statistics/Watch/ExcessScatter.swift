/// How the rows of earlier blocks scatter about b times a constant forecast's loss.
///
///     σ² = 1.1·max(variance of ℓ − b·ref over all earlier rows, over those of the newest 14 blocks)
struct ExcessScatter: Sendable, Hashable {
    private static let newestBlocks = 14
    private static let inflation = 1.1

    private var all = RiskMoments()
    private var newest: [RiskMoments] = []

    mutating func add(_ block: RiskMoments) {
        all += block
        newest.append(block)
        if newest.count > Self.newestBlocks { newest.removeFirst() }
    }

    /// σ for b; 0 where nothing scatters.
    func deviation(_ bound: Double) -> Double {
        let recent = newest.reduce(into: RiskMoments()) { $0 += $1 }
        return (Self.inflation * max(all.variance(bound), recent.variance(bound))).squareRoot()
    }
}
