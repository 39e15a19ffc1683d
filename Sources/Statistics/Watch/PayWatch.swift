import RealModule

/// Evidence that another forecaster, on the same rows, would surely lose less by more than a share.
///
///     x_d = (S_d − (1 + τ)V_d)/n̄        S, V the sums of losses of both in block d, n̄ the mean rows of a block so far
///     ln e = λx − λ²(x² + 2σ²n_d/n̄)/6     λ_k = 2·2^(−k/2)/σ, k = 0 … 9
///     ln M_k ← ln(M_k + 1) + ln e          ln M = ln mean_k M_k
///
/// Null: E[S − (1 + τ)V | past] ≤ 0, so no baseline is needed. For every distribution of a variance of at most σ² the
/// increment is that of a supermartingale; half of its penalty is the observed x², which forgives a σ² that is too small.
/// σ² is 1.1 times the larger one of the running variance of x and that of the last 14 blocks, up to the block before.
/// Evidence restarts with every block, so that old quiet years do not dilute it, and is not latched.
///
/// ## Source
///
/// Delyon, B. (2009). Exponential inequalities for sums of weakly dependent variables. *Electronic Journal of
/// Probability*, 14, 752–779, for the increment; Shin, Ramdas and Rinaldo (2024) as in ``RelativeRiskWatch``. The null is our
/// own. Checked against `fixtures/statistics/13_watch`.
public struct PayWatch: Sendable, Hashable {
    /// τ ≥ 0.
    public let share: Double
    /// Blocks before which nothing is said.
    public static let leastBlocks = 30
    private static let recentBlocks = 14
    private static let betCount = 10
    private static let largestBet = 2.0
    private static let inflation = 1.1

    private var rows = 0.0
    private var blocks = 0
    /// S − (1 + τ)V by block, of all by sums, and the newest.
    private var sum = 0.0
    private var squares = 0.0
    private var recent: [Double] = []
    private var wealth = RestartingWealth(betCount: Self.betCount)
    /// ln M; `nil` until enough blocks are known.
    public private(set) var logEvidence: Double?

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
        precondition(rows > 0, "A block has rows.")
        let excess = loss - (1 + share) * other
        if blocks >= Self.leastBlocks { bet(excess, rows) }
        blocks += 1
        self.rows += rows
        sum += excess
        squares += excess * excess
        recent.append(excess)
        if recent.count > Self.recentBlocks { recent.removeFirst() }
    }

    private mutating func bet(_ excess: Double, _ rows: Double) {
        let mean = self.rows / Double(blocks)
        let all = variance(sum, squares, blocks)
        let newest = variance(
            recent.reduce(0, +),
            recent.reduce(0) { $0 + $1 * $1 },
            recent.count
        )
        let deviation = (Self.inflation * max(all, newest)).squareRoot() / mean
        guard deviation > 0 else { return }
        let x = excess / mean
        let scale = x * x + 2 * deviation * deviation * rows / mean
        wealth.add(
            (0..<Self.betCount).map { bet in
                let size = Self.largestBet * Double.exp2(-0.5 * Double(bet)) / deviation
                return size * x - size * size * scale / 6
            }
        )
        logEvidence = wealth.logEvidence
    }

    private func variance(_ sum: Double, _ squares: Double, _ count: Int) -> Double {
        let count = Double(count)
        return max(0, squares - sum * sum / count) / (count - 1)
    }
}
