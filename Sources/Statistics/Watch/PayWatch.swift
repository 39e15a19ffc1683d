/// Evidence that another forecaster, on the same rows, would surely lose less by more than a share.
///
///     H₀: E[S − (1 + τ)V | past] ≤ 0        S, V the sums of losses of both in a block
///
/// The null is about both at once, so that no baseline is needed; evidence restarts with every block, so that old quiet years do
/// not dilute it, and is not latched. Bets and variance are those of `MeanBets`.
///
/// ## Source
///
/// Own null, on the inequality of Delyon (2009) and the restarts of Shin, Ramdas and Rinaldo (2024). Checked against
/// `fixtures/statistics/13_watch`.
public struct PayWatch: Sendable, Hashable {
    /// τ ≥ 0.
    public let share: Double
    /// Blocks before which nothing is said.
    public static let leastBlocks = 30
    private var bets = MeanBets(.above, leastBlocks: leastBlocks)
    /// ln M; `nil` until enough blocks are known.
    public var logEvidence: Double? { bets.logEvidence }

    /// - Parameter share: τ, what the other one must win beyond.
    public init(share: Double) {
        precondition(share >= 0, "A share is 0 or more.")
        self.share = share
    }

    /// Takes in the next block, in the order of events.
    ///
    /// - Parameters:
    ///   - rows: n > 0.
    ///   - loss: S.
    ///   - other: V.
    public mutating func add(rows: Double, loss: Double, other: Double) {
        bets.add(rows: rows, sum: loss - (1 + share) * other, bound: 0)
    }
}
