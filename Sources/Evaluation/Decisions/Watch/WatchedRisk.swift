import Statistics

/// A risk of a model that is watched, block by block: relative to that of a constant forecast, or in itself.
struct WatchedRisk: Sendable {
    /// What the losses of a block are held against.
    private enum Reference: Sendable {
        /// Those of the share of positives so far: a season of the outcomes moves both.
        case constantForecast(ReferenceForecast)
        /// 1 for every row: the scale is known once the baseline is.
        case none(LossScale?)
    }

    private let task: PredictionTask
    private var reference: Reference
    /// Blocks that wait until the scale is known.
    private var unscaled: [(place: Int, block: WatchedBlock)] = []
    private(set) var watch: RelativeRiskWatch
    /// Of each block that the watch has seen, its place among the blocks of the track.
    private(set) var places: [Int] = []
    /// Of the same blocks, Σ loss and Σ reference.
    private(set) var sums: [(loss: Double, reference: Double)] = []

    /// The risk relative to a constant forecast.
    ///
    /// - Parameters:
    ///   - task: Its tolerance counts.
    ///   - rules: What the watch goes by; their tolerance is that of the task.
    ///   - forecast: What is known of the outcomes before the first block.
    /// - Returns: A risk without any block.
    static func relative(
        _ task: PredictionTask,
        _ rules: RelativeRiskWatch.Rules,
        after forecast: ReferenceForecast = ReferenceForecast()
    ) -> WatchedRisk {
        WatchedRisk(task, rules, .constantForecast(forecast))
    }

    /// The risk itself.
    static func absolute(
        _ task: PredictionTask,
        _ rules: RelativeRiskWatch.Rules
    ) -> WatchedRisk {
        WatchedRisk(task, rules, .none(nil))
    }

    private init(
        _ task: PredictionTask,
        _ rules: RelativeRiskWatch.Rules,
        _ reference: Reference
    ) {
        self.task = task
        self.reference = reference
        var rules = rules
        rules.tolerance =
            switch task.tolerance {
            case .relative(let share): .relative(share)
            case .absolute(let amount): .absolute(amount)
            }
        watch = RelativeRiskWatch(rules)
    }

    var isRelative: Bool {
        if case .constantForecast = reference { true } else { false }
    }

    /// What is known of the outcomes after the newest block; `nil` for a risk that is not held against them.
    var forecast: ReferenceForecast? {
        if case .constantForecast(let forecast) = reference { forecast } else { nil }
    }

    /// What 1 is of the loss: 1 for a relative risk.
    var unit: Double {
        if case .none(let scale?) = reference { scale.unit } else { 1 }
    }

    /// The blocks that the baseline has, or will begin with.
    var baselineSize: Int {
        watch.isWatching ? watch.baselineSize : watch.baselineSize + unscaled.count
    }

    /// Takes in the next block of a track.
    ///
    /// - Parameters:
    ///   - block: With labels.
    ///   - place: Its place among the blocks of the track.
    ///   - mayStart: Whether the baseline may be taken for whole before it.
    ///   - mayAlarm: Whether it may raise an alarm.
    mutating func add(_ block: WatchedBlock, place: Int, mayStart: Bool, mayAlarm: Bool) {
        switch reference {
        case .constantForecast(var forecast):
            if forecast.isSettled, let losses = block.relativeLosses(forecast.probability) {
                add(losses, place, mayStart, mayAlarm)
            }
            forecast.add(rows: block.scores.rows, positives: block.scores.positiveRows)
            reference = .constantForecast(forecast)
        case .none(let scale?):
            if let losses = block.losses(scale) { add(losses, place, mayStart, mayAlarm) }
        case .none(nil):
            if mayStart, unscaled.count >= watch.rules.leastBlocks {
                scaleWaiting()
                add(block, place: place, mayStart: true, mayAlarm: mayAlarm)
            } else {
                unscaled.append((place, block))
            }
        }
    }

    private mutating func add(
        _ losses: RelativeRiskBlock,
        _ place: Int,
        _ mayStart: Bool,
        _ mayAlarm: Bool
    ) {
        watch.add(losses, mayStart: mayStart, mayAlarm: mayAlarm)
        places.append(place)
        sums.append((losses.loss, losses.reference))
    }

    private mutating func scaleWaiting() {
        let cells = unscaled.map(\.block.day.cell)
        let scale = LossScale(task: task, baseline: cells)
        reference = .none(scale)
        var rules = watch.rules
        rules.tolerance = scale.tolerance(task.tolerance)
        watch = RelativeRiskWatch(rules)
        watch.leastTempering = scale.groupTempering(cells) ?? 1
        for (place, block) in unscaled {
            if let losses = block.losses(scale) { add(losses, place, false, false) }
        }
        unscaled = []
    }

    /// Sees to it that the evidence is tempered by what groups of entities tell.
    mutating func temper(_ factor: Double) { watch.leastTempering = max(1, factor) }

    /// Ends the alarm that stands, for somebody has dealt with it.
    mutating func acknowledge() { watch.acknowledge() }

    /// Takes a baseline anew from the blocks to come.
    mutating func renewBaseline() { watch.renewBaseline() }

    // MARK: - Reading

    /// The mean over some of the watch's blocks, relative or in units of the loss; `nil` without any.
    func mean(_ blocks: Range<Int>) -> Double? {
        let sums = sums[blocks]
        let reference = sums.reduce(0) { $0 + $1.reference }
        return reference > 0 ? unit * sums.reduce(0) { $0 + $1.loss } / reference : nil
    }

    /// Over the last blocks of those that are watched.
    var recent: Double? {
        let watched = watch.states.count { $0 != nil }
        return mean((sums.count - min(RecentDays.count, watched))..<sums.count)
    }

    /// That of the baseline.
    var baseline: Double? { watch.isWatching ? watch.baseline.ratio.map { $0 * unit } : nil }

    /// What the risk may not exceed: of an alarm while it stands, else of the baseline so far.
    var bound: Double? {
        guard watch.isWatching else { return nil }
        let bound = watch.standing?.bound ?? watch.baseline.bound(watch.rules.tolerance)
        return bound.map { $0 * unit }
    }

    /// About how many blocks it takes to find that the risk has risen by a share of the baseline's; `nil` where that is never.
    func blocksToFind(rise: Double) -> Double? { watch.blocksToFind(rise: rise) }

    /// ln M after the last block; `nil` before the first that is watched.
    var logEvidence: Double? { watch.states.last.flatMap { $0?.logEvidence } }

    /// The track's places of the blocks of the baseline.
    var baselinePlaces: [Int] { watch.baselineBlocks.map { places[$0] } }

    /// The track's place of the block with which the risk is estimated to have risen.
    var changePlace: Int? { watch.changePoint.map { places[$0] } }

    /// The alarm that stands.
    var standing: RelativeRiskWatch.Episode? { watch.standing }
}
