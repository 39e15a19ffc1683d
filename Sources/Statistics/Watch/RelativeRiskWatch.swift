import RealModule

/// Raises an alarm when a model's risk, relative to that of a constant forecast, exceeds what its baseline allows, and says
/// when it surely no longer does.
///
///     x_i = ℓ_i − b_d·ref_i     λ_k = (0.9/(b_d·max ref))·2^(−k/2), k = 0 … K−1
///     ln M_k ← ln(M_k + 1) + (1/φ*)Σ ln(1 + λ_k x_i)     ln M = ln mean_k M_k     alarm at ln M ≥ ln(T/α)
///
/// **The baseline grows while all is quiet**: the blocks older than the newest 28 and than the open excursion of the
/// evidence, a CUSUM of the best bet that counts above 3. Bound b and tempering φ* are of the baseline before the block,
/// so both are predictable. Nothing is added to it while an alarm stands.
///
/// **Recovered**: from the alarm on, the same bets on −x, with λ_k = 0.9·2^(−k/2) and the bound of the alarm, say when the
/// risk is surely below it. Then the watch begins anew, and the blocks from the change to the recovery never become
/// baseline.
///
/// For every rule of growth M_d − d is a supermartingale while the mean of x given the past is at most 0 (φ* = 1, rows
/// independent given the past): the probability of an alarm within T blocks is at most α. With φ* > 1, and as b is
/// estimated, that is an approximation which simulations support.
///
/// ## Source
///
/// Shin, J., Ramdas, A. and Rinaldo, A. (2024). E-detectors: a nonparametric framework for sequential change detection.
/// *New England Journal of Statistics in Data Science*, 2(2), 229–260, also for predictable bets. The statistic, the growing
/// baseline and recovery are our own. Checked against `fixtures/statistics/13_watch`.
public struct RelativeRiskWatch: Sendable, Hashable {
    /// What a watch goes by.
    public struct Rules: Sendable, Hashable {
        /// ε; see ``RelativeRisk/bound(_:)``.
        public var tolerance = RiskTolerance.relative(0.10)
        /// The fewest blocks of a baseline.
        public var leastBlocks = 30
        /// The newest blocks, which are no baseline yet.
        public var newestBlocks = 28
        /// T, the blocks within which a false alarm has probability α at most.
        public var horizon = 365
        /// α, strictly between 0 and 1.
        public var alpha = 0.04
        /// K ≥ 1.
        public var betCount = 20

        /// The rules that simulations chose.
        public init() {}
    }

    /// What the watch was like after a block.
    public struct State: Sendable, Hashable {
        /// b, against which the block was held.
        public let bound: Double
        /// φ*.
        public let tempering: Double
        /// The blocks that the bound comes from.
        public let baselineBlocks: Int
        /// ln M.
        public let logEvidence: Double
        /// The evidence that the risk is back below its bound; `nil` where no alarm stood before the block.
        public let recoveryLogEvidence: Double?
    }

    /// An alarm, from the change to the recovery.
    ///
    /// Blocks are counted from 0.
    public struct Episode: Sendable, Hashable {
        /// The block that raised it.
        public let alarm: Int
        /// The likeliest first block of the change, at most the alarm's.
        public let changePoint: Int
        /// The bound that it is held against.
        public let bound: Double
        /// φ* at the alarm.
        public let tempering: Double
        /// The block that surely ended it; `nil` while it stands.
        public internal(set) var recovery: Int?
    }

    /// What it goes by.
    public let rules: Rules
    /// The baseline so far.
    public private(set) var baseline: RelativeRisk
    /// After each block; `nil` for those of the first baseline.
    public private(set) var states: [State?] = []
    /// Alarms in the order in which they were raised.
    public private(set) var episodes: [Episode] = []

    /// The share of the largest bet that no loss can ruin.
    private static let betShare = 0.9
    /// How high an excursion is that keeps its blocks from the baseline.
    private static let openHeight = 3.0

    private let givenBlocks: Int
    private var isWatching = false
    /// Blocks that may become baseline later, the oldest first.
    private var waiting: [Candidate] = []
    private var wealth: RestartingWealth
    private var excursion: OpenExcursion
    private var recovery: RestartingWealth?

    /// Starts a watch.
    ///
    /// - Parameters:
    ///   - rules: What it goes by.
    ///   - given: Blocks of a baseline that is given, such as that of a file; live blocks are added until there are enough.
    public init(_ rules: Rules = Rules(), given: [RelativeRiskBlock] = []) {
        Checks.alpha(rules.alpha)
        precondition(rules.horizon >= 1 && rules.betCount >= 1, "Horizon and bets are 1 or more.")
        precondition(rules.leastBlocks >= 2, "A baseline takes two blocks or more.")
        self.rules = rules
        baseline = RelativeRisk()
        for block in given { baseline.add(block) }
        givenBlocks = given.count
        wealth = RestartingWealth(betCount: rules.betCount)
        excursion = OpenExcursion(betCount: rules.betCount)
    }

    /// ln(T/α), where an alarm is raised, and where it has surely ended.
    public var logThreshold: Double {
        Double.log(Double(rules.horizon)) - Double.log(rules.alpha)
    }

    /// The alarm that stands; `nil` while all is quiet.
    public var standing: Episode? { episodes.last.flatMap { $0.recovery == nil ? $0 : nil } }

    /// Takes in the next block, in the order of events.
    ///
    /// - Parameters:
    ///   - block: With references from earlier blocks alone.
    ///   - mayStart: Whether the watch may begin with it, if its baseline has enough blocks.
    public mutating func add(_ block: RelativeRiskBlock, mayStart: Bool = true) {
        let index = states.count
        if !isWatching, mayStart { start() }
        if isWatching, standing == nil { growBaseline(before: index) }
        states.append(isWatching ? observe(block, index) : nil)
        if episodes.last?.recovery != index {
            waiting.append(Candidate(block: index, content: block))
        }
    }

    private struct Candidate: Sendable, Hashable {
        let block: Int
        let content: RelativeRiskBlock
    }

    private mutating func start() {
        guard givenBlocks + waiting.count >= rules.leastBlocks else { return }
        for candidate in waiting { baseline.add(candidate.content) }
        waiting = []
        isWatching = true
    }

    private mutating func growBaseline(before index: Int) {
        var end = index - rules.newestBlocks
        let open = excursion.highest
        if open.height > Self.openHeight { end = min(end, open.start) }
        let grown = waiting.prefix { $0.block < end }
        for candidate in grown { baseline.add(candidate.content) }
        waiting.removeFirst(grown.count)
    }

    private mutating func observe(_ block: RelativeRiskBlock, _ index: Int) -> State? {
        guard let bound = baseline.bound(rules.tolerance), let tempering = baseline.tempering else {
            return nil
        }
        let scale = Self.betShare / (bound * block.largestReference)
        let increments = block.logIncrements(bets: bets(scale), bound: bound)
            .map { $0 / tempering }
        wealth.add(increments)
        excursion.add(increments, block: index)
        if let standing {
            let turned = block.logIncrements(
                bets: bets(Self.betShare),
                bound: standing.bound,
                turned: true
            )
            recovery?.add(turned.map { $0 / standing.tempering })
        }
        let state = State(
            bound: bound,
            tempering: tempering,
            baselineBlocks: baseline.blockCount,
            logEvidence: wealth.logEvidence,
            recoveryLogEvidence: recovery?.logEvidence
        )
        if standing == nil, state.logEvidence >= logThreshold {
            episodes.append(
                Episode(
                    alarm: index,
                    changePoint: excursion.highest.start,
                    bound: bound,
                    tempering: tempering
                )
            )
            recovery = RestartingWealth(betCount: rules.betCount)
        } else if let evidence = state.recoveryLogEvidence, evidence >= logThreshold {
            recover(index)
        }
        return state
    }

    private mutating func recover(_ index: Int) {
        episodes[episodes.count - 1].recovery = index
        let change = episodes[episodes.count - 1].changePoint
        waiting.removeAll { $0.block >= change }
        recovery = nil
        wealth = RestartingWealth(betCount: rules.betCount)
        excursion = OpenExcursion(betCount: rules.betCount)
    }

    private func bets(_ scale: Double) -> [Double] {
        (0..<rules.betCount).map { scale * Double.exp2(-0.5 * Double($0)) }
    }
}
