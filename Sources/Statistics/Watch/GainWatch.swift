import RealModule

/// Evidence that a gain, which earlier blocks have shown, has fallen to less than half of it, or below a bound.
///
///     H₀: E[G_d | past] ≥ m_d·n_d        m_d = ½·max(ĝ_{d−1}, 0), ĝ the mean gain of a row over all earlier blocks
///
/// The bound m comes from earlier blocks alone, so that the wealth is that of a restarted supermartingale: within T blocks the
/// probability of saying so wrongly is at most α. It is not latched: where the gain comes back, the evidence goes. Bets and
/// variance are those of `MeanBets`.
///
/// Half of the gain, rather than none, is what simulations chose: it is found two to three times as soon, and was said no
/// more often where nothing had happened.
///
/// ## Source
///
/// Own null, on the inequality of Delyon (2009) and the restarts of Shin, Ramdas and Rinaldo (2024). Checked against
/// `fixtures/statistics/13_watch`.
public struct GainWatch: Sendable, Hashable {
    /// Blocks before which nothing is said.
    public static let leastBlocks = 20
    /// T, the blocks within which it is said wrongly with probability α at most.
    public static let horizon = 365.0
    /// α.
    public static let alpha = 0.20
    /// ln(T/α), at which the gain has fallen.
    public static let logThreshold = Double.log(horizon / alpha)
    /// Of the gain so far, the share below which it has fallen.
    public static let share = 0.5

    /// m of every block; `nil` for half of the gain so far.
    public let bound: Double?
    private var bets = MeanBets(.below, leastBlocks: leastBlocks)

    /// - Parameter bound: m of every block; `nil` for half of the gain so far.
    public init(bound: Double? = nil) {
        self.bound = bound
    }

    /// ln M; `nil` until enough blocks are known.
    public var logEvidence: Double? { bets.logEvidence }

    /// Whether the gain has fallen.
    public var hasFallen: Bool { logEvidence.map { $0 >= Self.logThreshold } ?? false }

    /// The block, counted from 0, with which the fall is estimated to have begun; `nil` where there is none.
    public var changePoint: Int? { hasFallen ? bets.changePoint : nil }

    /// Takes in the next block, in the order of events.
    ///
    /// - Parameters:
    ///   - rows: n > 0.
    ///   - gain: G, the sum of gains, positive where the shadow is better.
    public mutating func add(rows: Double, gain: Double) {
        let mean = bets.moments.blockCount > 0 ? bets.moments.mean : 0
        bets.add(rows: rows, sum: gain, bound: bound ?? Self.share * max(mean, 0))
    }
}
