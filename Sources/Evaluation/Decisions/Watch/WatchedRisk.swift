import Statistics

/// A risk of a model that is watched, block by block: relative to that of a constant forecast, or in itself.
struct WatchedRisk: Sendable {
    /// Whether losses are held against those of a constant forecast: a season of the outcomes moves both.
    let isRelative: Bool
    private(set) var source: any RiskSource
    private(set) var watch: RelativeRiskWatch
    /// Of each block that the watch has seen, its place among the blocks of the track.
    private(set) var places: [Int] = []
    /// Of the same blocks, what is summed.
    private(set) var moments: [RiskMoments] = []

    /// The risk relative to a constant forecast.
    ///
    /// - Parameters:
    ///   - task: Its tolerance counts.
    ///   - rules: What the watch goes by; their tolerance is that of the task.
    ///   - source: What the losses are held against; `nil` where nothing is known before the first block.
    /// - Returns: A risk without any block.
    static func relative(
        _ task: PredictionTask,
        _ rules: RelativeRiskWatch.Rules,
        after source: (any RiskSource)? = nil
    ) -> WatchedRisk {
        WatchedRisk(
            task,
            rules,
            isRelative: true,
            scale: task.kind.cohortLoss.grid.isUniform ? .bounded : .relative,
            source ?? task.kind.scoring.relativeRisk
        )
    }

    /// The risk itself.
    static func absolute(
        _ task: PredictionTask,
        _ rules: RelativeRiskWatch.Rules
    ) -> WatchedRisk {
        WatchedRisk(
            task,
            rules,
            isRelative: false,
            scale: task.kind.cohortLoss.grid.isUniform ? .bounded : .absolute,
            task.kind.scoring.risk
        )
    }

    private init(
        _ task: PredictionTask,
        _ rules: RelativeRiskWatch.Rules,
        isRelative: Bool,
        scale: RiskScale,
        _ source: any RiskSource
    ) {
        self.isRelative = isRelative
        self.source = source
        var rules = rules
        rules.scale = scale
        rules.tolerance = task.tolerance.ofRisk
        watch = RelativeRiskWatch(rules)
    }

    /// Takes in the next block of a track.
    ///
    /// - Parameters:
    ///   - block: With labels.
    ///   - place: Its place among the blocks of the track.
    ///   - mayStart: Whether the baseline may be taken for whole before it.
    ///   - mayAlarm: Whether it may raise an alarm.
    mutating func add(_ block: WatchedBlock, place: Int, mayStart: Bool, mayAlarm: Bool) {
        guard let losses = source.next(block) else { return }
        watch.add(losses, mayStart: mayStart, mayAlarm: mayAlarm)
        places.append(place)
        moments.append(losses.moments)
    }

    /// Sees to it that the evidence is tempered by what groups of entities tell.
    mutating func temper(_ factor: Double) { watch.leastTempering = max(1, factor) }

    /// Ends the alarm that stands, for somebody has dealt with it.
    mutating func acknowledge() { watch.acknowledge() }

    /// Takes a baseline anew from the blocks to come.
    mutating func renewBaseline() { watch.renewBaseline() }

    // MARK: - Reading

    /// The mean over some of the watch's blocks, relative or of the loss; `nil` without any.
    func mean(_ blocks: Range<Int>) -> Double? {
        let sums = moments[blocks].reduce(into: RiskMoments()) { $0 += $1 }
        return sums.reference > 0 ? sums.loss / sums.reference : nil
    }

    /// Over the last blocks of those that are watched.
    var recent: Double? {
        let watched = watch.states.count { $0 != nil }
        return mean((moments.count - min(RecentDays.count, watched))..<moments.count)
    }

    /// That of the baseline.
    var baseline: Double? { watch.isWatching ? watch.baseline.ratio : nil }

    /// What the risk may not exceed: of an alarm while it stands, else of the baseline so far.
    var bound: Double? {
        guard watch.isWatching else { return nil }
        return watch.standing?.bound ?? watch.bound
    }

    /// About how many blocks it takes to find that the risk has risen by a share of the baseline's; `nil` where that is never.
    func blocksToFind(rise: Double) -> Double? { watch.blocksToFind(rise: rise) }

    /// ln M after the last block; `nil` before the first that is watched, and before the first after an alarm has ended.
    var logEvidence: Double? { watch.logEvidence }

    /// The track's places of the blocks of the baseline.
    var baselinePlaces: [Int] { watch.baselineBlocks.map { places[$0] } }

    /// The track's place of the block with which the risk is estimated to have risen.
    var changePlace: Int? { watch.changePoint.map { places[$0] } }

    /// The alarm that stands.
    var standing: RelativeRiskWatch.Episode? { watch.standing }
}

extension Tolerance {
    /// As the watch takes it.
    var ofRisk: RiskTolerance {
        switch self {
        case .relative(let share): .relative(share)
        case .absolute(let amount): .absolute(amount)
        }
    }
}
