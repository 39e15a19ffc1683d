import RealModule

/// Bets that the mean of blocks is above a bound, or below it, whose game begins anew with every block.
///
///     x_d = ±(S_d − m_d·n_d)/n̄     ln e = λx − λ²(x² + 2σ²n_d/n̄)/6     λ_k = 2·2^(−k/2)/σ, k = 0 … 9
///     ln M_k ← ln(M_k + 1) + ln e     ln M = ln mean_k M_k
///
/// For every distribution of a variance of at most σ² the increment is that of a supermartingale while the mean of x given
/// the past is at most 0; half of its penalty is the observed x², which forgives a σ² that is too small. σ² is 1.1 times the
/// larger one of the variances of a block's residual (S − μ̂n)/n̄ over all blocks and over the last 14, both up to the block
/// before; n̄ is the mean number of rows of those blocks. Where nothing scatters there is no bet.
///
/// ## Source
///
/// Delyon, B. (2009). Exponential inequalities for sums of weakly dependent variables. *Electronic Journal of
/// Probability*, 14, 752–779, for the increment; Shin, Ramdas and Rinaldo (2024) as in ``RelativeRiskWatch``.
struct MeanBets: Sendable, Hashable {
    /// Which side of the bound the mean is said to be on.
    enum Side: Double, Sendable, Hashable {
        case above = 1
        case below = -1
    }

    private struct Block: Sendable, Hashable {
        let rows: Double
        let sum: Double
    }

    private static let recentBlocks = 14
    private static let betCount = 10
    /// λ in units of 1/σ.
    private static let sizes = (0..<betCount).map { 2 * Double.exp2(-0.5 * Double($0)) }
    private static let inflation = 1.1

    private let side: Side
    private let leastBlocks: Int
    private(set) var moments = RatioMoments()
    private var recent: [Block] = []
    private var wealth = RestartingWealth(betCount: betCount)
    private var excursion = OpenExcursion(betCount: betCount)
    /// ln M; `nil` before the first bet.
    private(set) var logEvidence: Double?

    /// - Parameters:
    ///   - side: Of the bound, where the mean is said to be.
    ///   - leastBlocks: At least 2, before which there is no bet.
    init(_ side: Side, leastBlocks: Int) {
        precondition(leastBlocks >= 2, "One block does not tell how blocks scatter.")
        self.side = side
        self.leastBlocks = leastBlocks
    }

    /// Takes in the next block, in the order of events.
    ///
    /// - Parameters:
    ///   - rows: n > 0.
    ///   - sum: S.
    ///   - bound: m, of earlier blocks alone.
    mutating func add(rows: Double, sum: Double, bound: Double) {
        precondition(rows > 0, "A block has rows.")
        if moments.blockCount >= leastBlocks { bet(rows, sum, bound) }
        moments.add(count: rows, sum: sum)
        recent.append(Block(rows: rows, sum: sum))
        if recent.count > Self.recentBlocks { recent.removeFirst() }
    }

    /// The block, counted from 0, since which the best bet has been winning.
    var changePoint: Int { excursion.highest.start }

    private mutating func bet(_ rows: Double, _ sum: Double, _ bound: Double) {
        let mean = moments.meanRows
        let newest = recent.reduce(into: RatioMoments()) { $0.add(count: $1.rows, sum: $1.sum) }
        let variance = max(Self.variance(moments), Self.variance(newest))
        let deviation = (Self.inflation * variance).squareRoot() / mean
        guard deviation > 0 else { return }
        let x = side.rawValue * (sum - bound * rows) / mean
        let scale = x * x + 2 * deviation * deviation * rows / mean
        let increments = Self.sizes.map { size in
            let bet = size / deviation
            return bet * x - bet * bet * scale / 6
        }
        wealth.add(increments)
        excursion.add(increments, block: moments.blockCount)
        logEvidence = wealth.logEvidence
    }

    /// Of S − μ̂n.
    private static func variance(_ moments: RatioMoments) -> Double {
        moments.squaredResiduals / Double(moments.blockCount - 1)
    }
}
