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
/// baseline. The same follows where somebody acknowledges the alarm.
///
/// **Losses without a largest value** would ruin such bets, or keep them small for ever. Their bets pay
///
///     (1/φ*)Σ(λ_k x_i − λ_k²(x_i² + 2σ²)/6),  at most ln(T/α)/3 a block,    λ_k = (2/σ)·2^(−k/2)
///
/// with σ² 1.1 times the larger of the variances of x over all earlier rows and over those of the newest 14 blocks. No
/// tail is too heavy for that while σ² is right, and half of the penalty is the observed x², which forgives where it is too
/// small. The limit of a block's evidence is for days that a shock of their own moves: no single one raises an alarm.
///
/// For every rule of growth M_d − d is a supermartingale while the mean of x given the past is at most 0 (φ* = 1, rows
/// independent given the past): the probability of an alarm within T blocks is at most α. With φ* > 1, and as b is
/// estimated, that is an approximation which simulations support.
///
/// ## Source
///
/// Shin, J., Ramdas, A. and Rinaldo, A. (2024). E-detectors: a nonparametric framework for sequential change detection.
/// *New England Journal of Statistics in Data Science*, 2(2), 229–260, also for predictable bets; Delyon, B. (2009), *Electronic
/// Journal of Probability*, 14, for bets on losses without a largest value. The statistic, the growing baseline and
/// recovery are our own. Checked against `fixtures/statistics/13_watch`.
public struct RelativeRiskWatch: Sendable, Hashable {
    /// What a watch goes by.
    public struct Rules: Sendable, Hashable {
        /// ε; see ``RelativeRisk/bound(_:)``.
        public var tolerance = RiskTolerance.relative(0.10)
        /// What the losses are like.
        public var scale = RiskScale.bounded
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
        /// In how many of the newest blocks the threshold must be reached.
        public var hits = 1
        /// How many blocks those are.
        public var of = 1

        /// The rules that simulations chose.
        public init() {}
    }

    /// What it goes by.
    public let rules: Rules
    /// The baseline so far.
    public private(set) var baseline: RelativeRisk
    /// The blocks of the baseline, apart from those that were given.
    public private(set) var baselineBlocks: [Int] = []
    /// Whether the baseline is whole, so that blocks are held against it.
    public private(set) var isWatching = false
    /// What φ* is at least, where something else than the blocks tells how rows depend on each other; 1 or more.
    public var leastTempering = 1.0
    /// After each block; `nil` for those of the first baseline.
    public private(set) var states: [State?] = []
    /// Alarms in the order in which they were raised.
    public private(set) var episodes: [Episode] = []

    /// The share of the largest bet that no loss can ruin.
    private static let betShare = 0.9
    /// The largest bet on losses without a largest value, in units of 1/σ.
    private static let largestBet = 2.0
    /// How many blocks an alarm over such losses takes at least.
    private static let fewestBlocks = 3.0
    /// How high an excursion is that keeps its blocks from the baseline.
    private static let openHeight = 3.0

    private let givenBlocks: Int
    /// The baseline that will take the place of the present one, once it is whole.
    private var renewed: Baseline?
    /// Blocks that may become baseline later, the oldest first.
    private var waiting: [Candidate] = []
    private var wealth: RestartingWealth
    private var excursion: OpenExcursion
    private var recovery: RestartingWealth?
    private var scatter = ExcessScatter()

    /// Starts a watch.
    ///
    /// - Parameters:
    ///   - rules: What it goes by.
    ///   - given: Blocks of a baseline that is given, such as that of a file; live blocks are added until there are enough.
    public init(_ rules: Rules = Rules(), given: [RelativeRiskBlock] = []) {
        Checks.alpha(rules.alpha)
        precondition(rules.horizon >= 1 && rules.betCount >= 1, "Horizon and bets are 1 or more.")
        precondition(rules.leastBlocks >= 2, "A baseline takes two blocks or more.")
        precondition(rules.hits >= 1 && rules.hits <= rules.of, "Hits are among the blocks.")
        self.rules = rules
        baseline = RelativeRisk()
        for block in given {
            baseline.add(block.moments)
            scatter.add(block.moments)
        }
        givenBlocks = given.count
        wealth = RestartingWealth(betCount: rules.betCount)
        excursion = OpenExcursion(betCount: rules.betCount)
    }

    /// ln(T/α), where an alarm is raised, and where it has surely ended.
    public var logThreshold: Double {
        Double.log(Double(rules.horizon)) - Double.log(rules.alpha)
    }

    /// Where an alarm is raised among several watches of the same rules by e-BH: ln(T/α) + ln(K/k).
    ///
    /// - Parameters:
    ///   - watched: K ≥ 1.
    ///   - alarms: k, from 1 to K.
    /// - Returns: The log of M that it takes.
    public func logThreshold(among watched: Int, alarms: Int) -> Double {
        precondition(alarms >= 1 && alarms <= watched, "Alarms are of what is watched.")
        return logThreshold + Double.log(Double(watched) / Double(alarms))
    }

    /// ln M after the newest block; `nil` before the first that is watched, and before the first after an alarm has ended.
    public var logEvidence: Double? {
        states.count > firstCounted ? states.last.flatMap { $0?.logEvidence } : nil
    }

    /// ln(M/T) after the newest block, an e-value of an alarm within T blocks; `nil` where ``logEvidence`` is.
    public var logEValue: Double? {
        logEvidence.map { $0 - Double.log(Double(rules.horizon)) }
    }

    /// The first block whose evidence counts: the one after the last alarm that has ended.
    private var firstCounted: Int {
        episodes.last.flatMap { $0.acknowledgement ?? $0.recovery.map { $0 + 1 } } ?? 0
    }

    /// The alarm that stands; `nil` while all is quiet.
    public var standing: Episode? { episodes.last.flatMap { $0.isStanding ? $0 : nil } }

    /// The blocks that the baseline has, or will begin with.
    public var baselineSize: Int {
        isWatching ? baseline.blockCount : givenBlocks + waiting.count
    }

    /// About how many blocks it takes until a lasting rise of the risk raises an alarm.
    ///
    ///     N = ln(T/α)·φ* / max_k mean_d Σ_i ln(1 + λ_k(f·ℓ_i − b·ref_i)),    f so that Σf·ℓ/Σref = (1 + rise)·ρ̂
    ///
    /// over the newest blocks that are no baseline yet, losses up to 1. It is the time in which the best bet would grow to the
    /// threshold if blocks went on to be like these; what is really found takes as long in the median, give or take a half.
    ///
    /// - Parameter rise: As a share of the baseline's risk, above 0.
    /// - Returns: `nil` while nothing is watched, while an alarm stands, without blocks, and where the rise stays within what
    ///   the bound allows.
    public func blocksToFind(rise: Double) -> Double? {
        precondition(rise > 0, "A rise is above 0.")
        guard isWatching, standing == nil, let bound, let factor = baseline.tempering,
            let ratio = baseline.ratio
        else { return nil }
        let blocks = waiting.suffix(rules.newestBlocks).map(\.content)
        let sums = blocks.reduce(into: RiskMoments()) { $0 += $1.moments }
        guard sums.loss > 0 else { return nil }
        let times = (1 + rise) * ratio * sums.reference / sums.loss
        var growth = [Double](repeating: 0, count: rules.betCount)
        for block in blocks {
            let increments = logIncrements(
                block,
                bound: bound,
                tempering: max(factor, leastTempering),
                factor: times
            )
            for index in growth.indices { growth[index] += increments[index] }
        }
        let best = (growth.max() ?? 0) / Double(blocks.count)
        return best > 0 ? logThreshold / best : nil
    }

    /// b of the baseline so far; `nil` with fewer than two blocks.
    public var bound: Double? { baseline.bound(rules.tolerance, scale: rules.scale) }

    /// The block with which the likeliest change began, of those since the last alarm ended.
    public var changePoint: Int? {
        guard isWatching, states.count > firstCounted else { return nil }
        return standing?.changePoint ?? excursion.highest.start
    }

    /// Takes in the next block, in the order of events.
    ///
    /// - Parameters:
    ///   - block: With references from earlier blocks alone.
    ///   - mayStart: Whether the watch may begin with it, if its baseline has enough blocks.
    ///   - mayAlarm: Whether an alarm may be raised with it.
    public mutating func add(
        _ block: RelativeRiskBlock,
        mayStart: Bool = true,
        mayAlarm: Bool = true
    ) {
        let index = states.count
        if !isWatching, mayStart { start() }
        if isWatching, standing == nil { growBaseline(before: index) }
        observe(block, index, mayAlarm: mayAlarm)
        scatter.add(block.moments)
        if episodes.last?.recovery != index {
            waiting.append(Candidate(block: index, content: block))
        }
    }

    /// Raises an alarm with the newest block, for one who judges several watches together.
    public mutating func raise() {
        guard standing == nil, let state = states.last.flatMap({ $0 }) else { return }
        raise(states.count - 1, bound: state.bound, tempering: state.tempering)
    }

    private mutating func raise(_ index: Int, bound: Double, tempering: Double) {
        episodes.append(
            Episode(
                alarm: index,
                changePoint: excursion.highest.start,
                bound: bound,
                tempering: tempering
            )
        )
        recovery = RestartingWealth(betCount: rules.betCount)
    }

    /// Ends the alarm that stands, for somebody has dealt with it; its blocks never become baseline.
    public mutating func acknowledge() {
        guard standing != nil else { return }
        episodes[episodes.count - 1].acknowledgement = states.count
        endEpisode()
    }

    /// Takes a baseline anew from the blocks to come; until it has enough, they are held against the one there is.
    public mutating func renewBaseline() {
        waiting = []
        renewed = Baseline(risk: RelativeRisk(), blocks: [])
    }

    private struct Baseline: Sendable, Hashable {
        var risk: RelativeRisk
        var blocks: [Int]
    }

    private struct Candidate: Sendable, Hashable {
        let block: Int
        let content: RelativeRiskBlock
    }

    private mutating func start() {
        guard givenBlocks + waiting.count >= rules.leastBlocks else { return }
        for candidate in waiting {
            baseline.add(candidate.content.moments)
            baselineBlocks.append(candidate.block)
        }
        waiting = []
        isWatching = true
    }

    private mutating func growBaseline(before index: Int) {
        var end = index - rules.newestBlocks
        let open = excursion.highest
        if open.height > Self.openHeight { end = min(end, open.start) }
        let count = waiting.prefix { $0.block < end }.count
        defer { waiting.removeFirst(count) }
        guard var next = renewed else {
            for candidate in waiting.prefix(count) {
                baseline.add(candidate.content.moments)
                baselineBlocks.append(candidate.block)
            }
            return
        }
        for candidate in waiting.prefix(count) {
            next.risk.add(candidate.content.moments)
            next.blocks.append(candidate.block)
        }
        if next.risk.blockCount >= rules.leastBlocks {
            (baseline, baselineBlocks, renewed) = (next.risk, next.blocks, nil)
        } else {
            renewed = next
        }
    }

    private mutating func observe(_ block: RelativeRiskBlock, _ index: Int, mayAlarm: Bool) {
        guard isWatching, let bound, let factor = baseline.tempering else {
            states.append(nil)
            return
        }
        let tempering = max(factor, leastTempering)
        let increments = logIncrements(block, bound: bound, tempering: tempering)
        wealth.add(increments)
        excursion.add(increments, block: index)
        if let standing {
            let turned = logIncrements(
                block,
                bound: standing.bound,
                tempering: standing.tempering,
                turned: true
            )
            recovery?.add(turned)
        }
        let state = State(
            bound: bound,
            tempering: tempering,
            baselineBlocks: baseline.blockCount,
            logEvidence: wealth.logEvidence,
            recoveryLogEvidence: recovery?.logEvidence
        )
        states.append(state)
        if standing == nil, mayAlarm, isAboveThreshold {
            raise(index, bound: bound, tempering: tempering)
        } else if let evidence = state.recoveryLogEvidence, evidence >= logThreshold {
            episodes[episodes.count - 1].recovery = index
            endEpisode()
        }
    }

    private var isAboveThreshold: Bool {
        states[firstCounted...].suffix(rules.of)
            .count { ($0?.logEvidence ?? -.infinity) >= logThreshold }
            >= rules.hits
    }

    private mutating func endEpisode() {
        let change = episodes[episodes.count - 1].changePoint
        waiting.removeAll { $0.block >= change }
        recovery = nil
        wealth = RestartingWealth(betCount: rules.betCount)
        excursion = OpenExcursion(betCount: rules.betCount)
    }

    /// What a block adds to the log of each bet.
    private func logIncrements(
        _ block: RelativeRiskBlock,
        bound: Double,
        tempering: Double,
        turned: Bool = false,
        factor: Double = 1
    ) -> [Double] {
        if let rows = block.rows {
            let scale = turned ? 1 : 1 / (bound * rows.largestReference)
            return rows.logIncrements(
                bets: bets(Self.betShare * scale),
                bound: bound,
                turned: turned,
                factor: factor
            ).map { $0 / tempering }
        }
        let deviation = scatter.deviation(bound)
        guard deviation > 0 else { return [Double](repeating: 0, count: rules.betCount) }
        let most = logThreshold / Self.fewestBlocks
        return block.moments.logIncrements(
            bets: bets(Self.largestBet / deviation),
            bound: bound,
            deviation: deviation,
            turned: turned,
            factor: factor
        ).map { min($0 / tempering, most) }
    }

    private func bets(_ scale: Double) -> [Double] {
        (0..<rules.betCount).map { scale * Double.exp2(-0.5 * Double($0)) }
    }
}
