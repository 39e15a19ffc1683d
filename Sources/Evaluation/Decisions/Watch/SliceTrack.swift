import Statistics

/// The watch over a model's risk in one slice, relative to that of a constant forecast there.
struct SliceTrack: Sendable {
    /// Consecutive days with enough labelled rows of the slice.
    struct Block: Sendable {
        let start: Instant
        var end: Instant
        var knownAt: Instant
        var evidence: SliceEvidence
    }

    let slice: Slice
    private(set) var watch: RelativeRiskWatch
    /// Whether outcomes are those of two classes, which scores tell apart.
    let hasClasses: Bool
    private var forecast: OutcomeForecast
    private var open: Block?
    /// Whether the evidence was high, by block.
    private var heard: [Bool] = []
    /// Those that the watch has seen.
    private(set) var blocks: [Block] = []
    /// Of the same blocks, beside the constant forecast.
    private var moments: [RiskMoments] = []
    /// Since when the alarm that stands counts; `nil` while none does.
    private(set) var confirmedAt: Instant?

    init(_ slice: Slice, _ task: PredictionTask, _ rules: RelativeRiskWatch.Rules) {
        self.slice = slice
        watch = RelativeRiskWatch(rules)
        hasClasses = task.kind.has(.areas)
        forecast = task.kind.scoring.outcomeForecast
    }

    /// Takes in a day.
    ///
    /// - Parameters:
    ///   - evidence: Of its labelled rows.
    ///   - day: In event order.
    ///   - mayStart: Whether the watch may begin, if its baseline has enough blocks.
    /// - Returns: Whether it completed a block that was held against the baseline.
    mutating func add(_ evidence: SliceEvidence, of day: EvidenceDay, mayStart: Bool) -> Bool {
        var block =
            open
            ?? Block(start: day.start, end: day.end, knownAt: day.knownAt, evidence: evidence)
        if open != nil {
            block.evidence.add(evidence)
            (block.end, block.knownAt) = (day.end, day.knownAt)
        }
        guard block.evidence.rows >= Double(EvidenceBlocks.leastRows) else {
            open = block
            return false
        }
        open = nil
        defer { forecast.add(block.evidence.outcomes) }
        guard forecast.isSettled, let sums = block.evidence.moments(forecast.loss) else {
            return false
        }
        watch.add(RelativeRiskBlock(sums), mayStart: mayStart, mayAlarm: false)
        blocks.append(block)
        moments.append(sums)
        if watch.standing == nil { confirmedAt = nil }
        return watch.isWatching
    }

    /// Raises an alarm with the newest block, where the evidence was high in as many of the newest blocks as it takes.
    ///
    /// - Parameters:
    ///   - isHigh: Whether it is by now.
    ///   - confirmation: In how many.
    ///   - mayAlarm: Whether an alarm may be raised with it.
    mutating func hear(_ isHigh: Bool, _ confirmation: Confirmation, mayAlarm: Bool) {
        heard = heard.suffix(confirmation.of - 1) + [isHigh]
        if mayAlarm, heard.count(where: { $0 }) >= confirmation.hits { watch.raise() }
    }

    /// Ends the alarm that stands, for somebody has dealt with it; where the baseline is renewed, its blocks begin the new one.
    mutating func acknowledge(renewsBaseline: Bool) {
        guard let episode = watch.standing else { return }
        confirmedAt = nil
        heard = []
        guard renewsBaseline else { return watch.acknowledge() }
        watch = RelativeRiskWatch(watch.rules)
        blocks.removeFirst(episode.changePoint)
        moments.removeFirst(episode.changePoint)
        for sums in moments { watch.add(RelativeRiskBlock(sums), mayAlarm: false) }
    }

    /// Lets the alarm that stands count where the model itself is seen to do worse, as it is for an alarm over all rows.
    mutating func judge() {
        guard confirmedAt == nil, let episode = watch.standing, let block = blocks.last else {
            return
        }
        let errors = hasClasses ? lossOfDiscrimination(episode) : riseOfErrors(episode)
        if let errors, errors > StandingAlarm.errors { confirmedAt = block.knownAt }
    }

    private func lossOfDiscrimination(_ episode: RelativeRiskWatch.Episode) -> Double? {
        WithinBlockArea(blocks[episode.changePoint...].map(\.evidence.area)).loss(
            since: WithinBlockArea(watch.baselineBlocks.map { blocks[$0].evidence.area }),
            beyond: StandingAlarm.leastLoss
        )
    }

    /// How surely the losses themselves are above what their baseline allows, in standard errors.
    private func riseOfErrors(_ episode: RelativeRiskWatch.Episode) -> Double? {
        func risk(_ places: some Sequence<Int>) -> RelativeRisk {
            places.reduce(into: RelativeRisk()) { $0.add(moments[$1].absolute) }
        }
        let now = risk(episode.changePoint..<moments.count)
        let bound = risk(watch.baselineBlocks).bound(watch.rules.tolerance, scale: .absolute)
        return bound.flatMap(now.rise)
    }

    // MARK: - Reading

    /// Of its newest blocks, their rows and their ratio to the constant forecast; `nil` before the first block that is watched.
    var recent: (rows: Double, ratio: Double)? {
        let watched = watch.states.count { $0 != nil }
        let sums = moments.suffix(min(RecentDays.count, watched)).reduce(into: RiskMoments()) {
            $0 += $1
        }
        return sums.reference > 0 ? (sums.rows, sums.loss / sums.reference) : nil
    }
}
