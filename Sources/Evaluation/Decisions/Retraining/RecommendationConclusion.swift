import Statistics

/// What follows from the state of the watch at an instant.
struct RecommendationConclusion {
    typealias Rules = RecommendationBuilder

    let inputs: RecommendationBuilder.Inputs
    let monitor: RetrainingMonitor
    let restated: RetrainingMonitor?
    let asOf: Instant
    let standings: [ShadowStanding]
    /// The last days of the full age with labels.
    let recent: [EvidenceDay]
    let change: RiskChange?
    let recovery: (share: Double, risk: Double)?

    var task: PredictionTask { inputs.monitor.task }
    var alarm: RetrainingMonitor.Alarm? { monitor.alarm }
    var virtual: VirtualShadow? { monitor.virtual }
    var watch: RiskTrack.Watch? { monitor.full.watch }

    init(
        inputs: RecommendationBuilder.Inputs,
        monitor: RetrainingMonitor,
        restated: RetrainingMonitor?,
        standings: [ShadowStanding],
        asOf: Instant
    ) {
        self.inputs = inputs
        self.monitor = monitor
        self.restated = restated
        self.standings = standings
        self.asOf = asOf
        let labelled = monitor.full.monitored.closed
        recent = Array(labelled.suffix(RecentDays.count))
        let changePoint = monitor.alarm.flatMap { monitor.tracks[$0.track].changePoint?.start }
        let since = changePoint.map { start in labelled.filter { $0.start >= start } } ?? recent
        change = monitor.full.watch?.parts.flatMap { baseline in
            RiskParts(since.map(\.cell)).map { RiskChange(baseline: baseline, recent: $0) }
        }
        recovery = changePoint.flatMap { start in
            monitor.full.watch.flatMap {
                monitor.virtual?.recovery(since: start, baselineRisk: $0.risk.mean)
            }
        }
    }

    var recommendation: Recommendation {
        let (verdict, summary) = decide()
        let hasGround = verdict != .insufficientEvidence
        let promoted = verdict == .promote ? best : nil
        let changePoint =
            alarm != nil && hasGround
            ? monitor.tracks[alarm?.track ?? 0].changePoint?.start : nil
        return Recommendation(
            task: task,
            model: inputs.model,
            asOf: asOf,
            verdict: verdict,
            summary: summary,
            since: hasGround ? alarm?.at ?? promoted?.decidedAt : nil,
            shadow: promoted?.shadow,
            reasons: RecommendationReasons(self).sentences(verdict),
            evidence: RecommendationEvidence(self).rows,
            hasAlarm: alarm != nil,
            changePoint: changePoint,
            trainingWindow: trainingWindow(changePoint),
            epoch: monitor.epoch,
            options: inputs.monitor.options
        )
    }

    private func trainingWindow(_ changePoint: Instant?) -> Window? {
        guard let changePoint, let end = monitor.matured.last?.end, changePoint < end else {
            return nil
        }
        return Window(from: changePoint, upTo: end)
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

    /// Whether recalibrating would have been enough while the alarm stands.
    var recalibrationIsEnough: Bool {
        guard let recovery else { return false }
        if recovery.share >= Rules.enoughRecovery { return true }
        guard let low = virtual?.gain?.interval?.low, low > 0, let watch else { return false }
        return recovery.risk <= watch.risk.riskBound
    }

    /// Whether the rise of the risk is that of the problem, and not the model's.
    var isHarderProblem: Bool {
        (change?.shareOfUncertainty ?? 0) >= Rules.harderProblem
    }

    private func decide() -> (RecommendationVerdict, summary: String) {
        let model = inputs.model
        if alarm != nil {
            if let best {
                return (
                    .promote,
                    "\(model) has become worse, and \(best.shadow) does better on the same requests: put it in charge."
                )
            }
            if recalibrationIsEnough {
                return (
                    .recalibrate,
                    "\(model) still tells cases apart, but its probabilities are off: correct them; training anew is "
                        + "not needed."
                )
            }
            if isHarderProblem {
                return (
                    .keep,
                    "The cases have become harder for any model; \(model) is not to blame, so keep it and look at "
                        + "the data."
                )
            }
            return (
                .retrain,
                "\(model) has become worse than its baseline allows, and correcting its output would not be enough: "
                    + "train it anew."
            )
        }
        if lacking != nil {
            return (
                .insufficientEvidence,
                "There is not enough evidence to say how \(model) does now."
            )
        }
        if let best, best.isLarge {
            return (
                .promote,
                "\(best.shadow) is surely better than \(model), by enough to matter: put it in charge."
            )
        }
        return (.keep, "\(model) does as well as its baseline allows: keep it.")
    }

    /// What is missing for a verdict.
    var lacking: RecommendationLack? {
        let full = monitor.full
        let daysWithoutLabels = monitor.matured.count { $0.cell.labelled == 0 }
        guard full.isBaselineWhole else {
            return .baselineDays(
                needed: full.requiredDays,
                there: full.baselineDays,
                since: monitor.epoch.from,
                daysWithoutLabels: daysWithoutLabels
            )
        }
        guard full.baseline.closed.count >= RiskTrack.leastBaseline else {
            return .baselineBlocks(days: full.baselineDays, blocks: full.baseline.closed.count)
        }
        guard full.hasEntities else {
            return .baselineEntities(worth: full.effectiveGroups ?? 0)
        }
        if let obstacle = full.obstacle { return .baseline(obstacle) }
        guard !full.monitored.closed.isEmpty else {
            return .laterBlock(daysWithoutLabels: daysWithoutLabels)
        }
        if recentMatured.count == RecentDays.count,
            recentMatured.allSatisfy({ $0.cell.labelled == 0 })
        {
            return .labels(days: RecentDays.count)
        }
        return nil
    }
}
