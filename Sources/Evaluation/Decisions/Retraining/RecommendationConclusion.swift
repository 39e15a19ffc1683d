import Statistics

/// What follows from the state of the watch at an instant.
struct RecommendationConclusion {
    typealias Rules = RecommendationBuilder

    let inputs: RecommendationBuilder.Inputs
    let monitor: RetrainingMonitor
    let now: KnownNow?
    let verdictWithLateRows: RecommendationVerdict?
    let asOf: Instant
    /// The shadows with a sequence, the best first.
    let standings: [ShadowStanding]
    /// Of shadows that are surely better.
    let shadowSlices: [Name: [SliceComparison]]
    /// Since the change while an alarm stands, else of the last days.
    let change: RiskChange?
    let ledger: LedgerSummary

    var task: PredictionTask { inputs.monitor.task }
    /// The alarm that counts.
    var alarm: StandingAlarm? { monitor.alarm }
    /// The surest slice in which the champion has become worse, where that is not so over all rows.
    var sliceAlarm: SliceAlarm? {
        alarm == nil ? slices.first { $0.confirmedAt != nil } : nil
    }
    /// The slices with an alarm that stands.
    let slices: [SliceAlarm]

    /// Decides, and is known once its baseline is whole.
    var risk: WatchedRisk? { monitor.full.isWatching ? monitor.full.deciding : nil }
    /// The last blocks with labels that were held against the baseline.
    var recent: ArraySlice<EvidenceDay> { monitor.full.watched.suffix(RecentDays.count) }

    init(
        inputs: RecommendationBuilder.Inputs,
        monitor: RetrainingMonitor,
        now: KnownNow?,
        verdictWithLateRows: RecommendationVerdict?,
        shadows: [ShadowStanding],
        slices shadowSlices: [Name: [SliceComparison]],
        asOf: Instant
    ) {
        self.inputs = inputs
        self.monitor = monitor
        self.now = now
        self.verdictWithLateRows = verdictWithLateRows
        self.shadowSlices = shadowSlices
        standings = shadows.filter { $0.low != nil }.sorted {
            ($0.isBetter ? 1 : 0, $0.mean) > ($1.isBetter ? 1 : 0, $1.mean)
        }
        self.asOf = asOf
        ledger = inputs.ledger.known(by: asOf)
        slices = monitor.slices.alarms
        let recent = monitor.full.watched.suffix(RecentDays.count)
        let sums = (monitor.alarm ?? monitor.unconfirmed)?.sums ?? RiskSums(recent)
        change = RiskParts(monitor.full.baselineSums).flatMap { baseline in
            RiskParts(sums).map { RiskChange(baseline: baseline, recent: $0) }
        }
    }

    var recommendation: Recommendation {
        let ground = ground
        let verdict = ground.verdict
        let hasGround = verdict != .insufficientEvidence
        let promoted = verdict == .promote ? best : nil
        let changePoint = hasGround ? alarm?.change.start ?? sliceAlarm?.change : nil
        return Recommendation(
            task: task,
            model: inputs.model,
            asOf: asOf,
            verdict: verdict,
            summary: RecommendationSummary(self).sentence(ground),
            since: since(verdict),
            shadow: promoted?.shadow,
            reasons: RecommendationReasons(self).sentences(verdict),
            warnings: warnings,
            evidence: RecommendationEvidence(self).rows,
            retraining: retraining,
            hasAlarm: alarm != nil || sliceAlarm != nil,
            changePoint: changePoint,
            trainingWindow: trainingWindow(verdict),
            slices: slices,
            sliceAlarm: sliceAlarm,
            epoch: monitor.epoch,
            options: inputs.monitor.options,
            ledger: ledger
        )
    }

    /// Since when the verdict's ground is known.
    private func since(_ verdict: RecommendationVerdict) -> Instant? {
        switch verdict {
        case .insufficientEvidence, .keep: nil
        case .promote: alarm?.confirmedAt ?? best?.decidedAt
        case .recalibrate: alarm?.confirmedAt ?? monitor.worth?.since
        case .retrain: alarm?.confirmedAt ?? sliceAlarm?.confirmedAt
        }
    }

    /// The fewest blocks, labelled rows, and rows of each class, that a model is trained on.
    private static let leastTraining = (blocks: 14, rows: 200, ofClass: 30.0)

    /// Whether the blocks since the change are enough to train on.
    var hasEnoughToTrain: Bool {
        let least = Self.leastTraining
        if let sliceAlarm {
            return sliceAlarm.blocks >= least.blocks && sliceAlarm.rows >= least.rows
                && Double(sliceAlarm.rarerRows ?? Int.max) >= least.ofClass
        }
        guard let alarm else { return false }
        let blocks = monitor.full.watched.count { $0.start >= alarm.change.start }
        guard blocks >= least.blocks, alarm.sums.labelled >= least.rows else { return false }
        guard task.kind.has(.calibration) else { return true }
        let scores = ClassScores(alarm.sums.scores)
        return min(scores.positiveRows, scores.rows - scores.positiveRows) >= least.ofClass
    }

    private func trainingWindow(_ verdict: RecommendationVerdict) -> Window? {
        guard [.retrain, .recalibrate].contains(verdict), hasEnoughToTrain,
            let start = alarm?.change.start ?? sliceAlarm?.change,
            let end = monitor.matured.last?.end, start < end
        else { return nil }
        return Window(from: start, upTo: end)
    }

    /// The last days of the full age, with labels or without.
    var recentMatured: ArraySlice<EvidenceDay> { monitor.matured.suffix(RecentDays.count) }

    /// Of their predictions the share with labels; `nil` where there are none.
    var recentCoverage: Double? {
        let predictions = recentMatured.reduce(0) { $0 + $1.cell.predictions }
        let known = recentMatured.reduce(0) { $0 + $1.cell.labelled }
        return predictions > 0 ? Double(known) / Double(predictions) : nil
    }

    // MARK: - Verdict

    /// The best shadow that is surely better.
    var best: ShadowStanding? { standings.first { $0.isBetter } }

    /// What speaks against the best shadow, and does not keep it from being promoted: the slices that it surely harms.
    var warnings: [String] {
        guard let best else { return [] }
        let slices = shadowSlices[best.shadow] ?? []
        return SliceComparison.harms(of: best.shadow, in: slices, overall: "better")
    }

    /// Whether recalibrating would be enough while the alarm stands.
    var recalibrationIsEnough: Bool {
        task.kind.has(.calibration) && alarm?.recalibration.isEnough ?? false
    }

    /// Whether the last blocks are above the bound, without enough evidence for an alarm.
    var isAboveBound: Bool {
        guard alarm == nil, recent.count == RecentDays.count, let risk,
            let level = risk.recent, let bound = risk.bound
        else { return false }
        return level > bound
    }

    /// Whether some of the last blocks were known when the alarm was acknowledged.
    var isAsAccepted: Bool {
        guard monitor.epoch.cause == .acknowledged, let at = monitor.epoch.at,
            let first = recent.first
        else { return false }
        return first.knownAt <= at
    }

    /// Whether the model had no skill over a constant forecast in its baseline.
    var lacksSkill: Bool {
        guard let risk, risk.isRelative, let baseline = risk.baseline else { return false }
        return baseline >= 1
    }

    /// About how many days of evidence it takes to find that the deciding risk has risen by a share of the baseline's.
    func daysToFind(rise: Double) -> Double? {
        guard let blocks = risk?.blocksToFind(rise: rise), let first = recent.first,
            let last = recent.last
        else { return nil }
        let seconds = Double(last.end.microseconds - first.start.microseconds) / 1e6
        return blocks * seconds / 86_400 / Double(recent.count)
    }

    /// When such a rise would be found, after "would".
    func found(rise: Double) -> String {
        guard let days = daysToFind(rise: rise) else { return "not be found at all" }
        let whole = max(1, Int(days.rounded(.up)))
        return whole > 3_650
            ? "take more than ten years to find" : "be found in about \(Text.wait(days: whole))"
    }

    /// The risk that an alarm is over.
    func risk(of alarm: StandingAlarm) -> WatchedRisk {
        (alarm.isRelative ? monitor.full.relative : nil) ?? monitor.full.absolute
    }

    /// Whether the last blocks are within the bound while the alarm stands.
    var isLatelyWithin: Bool {
        guard let alarm else { return false }
        let risk = risk(of: alarm)
        guard let recent = risk.recent, let bound = risk.bound else { return false }
        return recent <= bound
    }

    /// What the verdict rests on.
    private var ground: RecommendationGround {
        if ledger.isLoading { return .loading }
        let decided = ground(mayPromote: true)
        guard unsettling(decided.verdict) != nil else { return decided }
        // An alarm stays, whatever comes late.
        return alarm != nil || sliceAlarm != nil ? ground(mayPromote: false) : .lateRows
    }

    /// Why late rows take a verdict away; `nil` where they do not.
    private func unsettling(_ verdict: RecommendationVerdict) -> String? {
        guard let other = verdictWithLateRows, ledger.isUnsettled || other != verdict
        else { return nil }
        return ledger.unsettling(other.rawValue)
    }

    /// What the ledger says, without the part about what is lacking.
    var ledgerSentences: (first: [String], last: [String]) {
        let late = unsettling(ground(mayPromote: true).verdict)
        return (
            [ledger.loading].compactMap { $0 } + (late.map { [$0] } ?? []),
            ledger.notes
        )
    }

    private func ground(mayPromote: Bool) -> RecommendationGround {
        if alarm != nil {
            if mayPromote, let best { return .alarmAndBetter(best.shadow) }
            if recalibrationIsEnough { return .alarmOfCalibration }
            return .alarm(above: slices.first { $0.confirmedAt != nil })
        }
        if sliceAlarm == nil, lacking != nil { return .lack }
        if mayPromote, lacking == nil, let best, best.isLarge { return .largeGain(best.shadow) }
        if let sliceAlarm { return .alarmInSlice(sliceAlarm) }
        return monitor.recalibrationPays ? .recalibrationPays : .quiet
    }

    /// What is missing for a verdict.
    var lacking: RecommendationLack? {
        let full = monitor.full
        let daysWithoutLabels = monitor.matured.count { $0.cell.labelled == 0 }
        guard full.isBaselineWhole else {
            if full.hasDays { return .baselineBlocks(blocks: full.deciding.watch.baselineSize) }
            return .baselineDays(
                needed: full.requiredDays,
                there: full.baselineDays,
                since: monitor.epoch.from,
                expected: baselineExpected,
                daysWithoutLabels: daysWithoutLabels
            )
        }
        guard full.isWatching || full.hasEntities else {
            return .baselineEntities(worth: full.effectiveGroups ?? 0)
        }
        guard !full.watched.isEmpty else {
            return .laterBlock(daysWithoutLabels: daysWithoutLabels)
        }
        if recentMatured.count == RecentDays.count,
            recentMatured.allSatisfy({ $0.cell.labelled == 0 })
        {
            return .labels(days: RecentDays.count)
        }
        // History ends some day.
        if ledger.liveSince != nil, let silence {
            return .traffic(from: silence.lowerBound, to: silence.upperBound)
        }
        if let share = recentCoverage, share < task.minimumCoverage {
            return .coverage(
                share: share,
                needed: task.minimumCoverage,
                days: recentMatured.count
            )
        }
        return nil
    }

    /// When the baseline has its days if labels go on to come for each; `nil` where that cannot be told.
    private var baselineExpected: Instant? {
        guard silence == nil, let last = monitor.matured.last?.end else { return nil }
        let days = Int64(monitor.full.requiredDays - monitor.full.baselineDays)
        return last.advanced(bySeconds: days * 86_400 + task.horizonSeconds)
    }

    /// A champion that predicts once a month is not silent.
    private static let silenceSeconds: Int64 = 31 * 86_400

    /// From when to when the champion has made no prediction that could have matured; `nil` where that is no longer than a
    /// month.
    var silence: Window? {
        guard let last = monitor.matured.last?.end else { return nil }
        let end = asOf.advanced(bySeconds: -task.horizonSeconds)
        return end > last.advanced(bySeconds: Self.silenceSeconds)
            ? Window(from: last, upTo: end) : nil
    }
}
