import Statistics

/// The numbers that a recommendation rests on, each with its threshold and its state.
struct RecommendationEvidence {
    private let conclusion: RecommendationConclusion
    private var monitor: RetrainingMonitor { conclusion.monitor }

    init(_ conclusion: RecommendationConclusion) {
        self.conclusion = conclusion
    }

    var rows: [Evidence] {
        amounts + entities + risk + tracks + parts + recalibration + retraining + shadows + restated
    }

    private var amounts: [Evidence] {
        let full = monitor.full
        let labelled = monitor.matured.count { $0.cell.labelled > 0 }
        return [
            Evidence(
                .maturedCohorts,
                value: Double(labelled),
                state: labelled == 0 ? .missing : .ok
            ),
            coverage,
            Evidence(
                .baselineCohorts,
                value: Double(full.baselineDays),
                threshold: Double(full.requiredDays),
                state: full.isBaselineWhole ? .ok : .missing
            ),
        ]
    }

    private var coverage: Evidence {
        guard let share = conclusion.recentCoverage else {
            return Evidence(.recentCoverage, value: nil, state: .missing)
        }
        let least = conclusion.task.minimumCoverage
        let isLittle = share < RecommendationBuilder.enoughCoverage
        return Evidence(
            .recentCoverage,
            value: share,
            threshold: least,
            state: share == 0 || share < least ? .missing : isLittle ? .watch : .ok
        )
    }

    private var risk: [Evidence] {
        let full = monitor.full
        guard full.isWatching else { return [] }
        return (full.relative.map { level($0, .relative) } ?? [])
            + level(full.absolute, .absolute)
            + [
                Evidence(
                    .overdispersion,
                    value: full.deciding.watch.states.last.flatMap { $0?.tempering },
                    state: .ok
                )
            ]
    }

    /// What the levels of a risk are called.
    private struct LevelNames {
        let baseline: Evidence.Measure
        let bound: Evidence.Measure
        let recent: Evidence.Measure

        static let relative = LevelNames(
            baseline: .baselineRelativeRisk,
            bound: .relativeRiskBound,
            recent: .recentRelativeRisk
        )
        static let absolute = LevelNames(
            baseline: .baselineRisk,
            bound: .riskBound,
            recent: .recentRisk
        )
    }

    private func level(_ risk: WatchedRisk, _ names: LevelNames) -> [Evidence] {
        guard let baseline = risk.baseline, let bound = risk.bound else { return [] }
        return [
            Evidence(names.baseline, value: baseline, state: .ok),
            Evidence(names.bound, value: bound, state: .ok),
            Evidence(
                names.recent,
                value: risk.recent,
                threshold: bound,
                state: risk.recent.map { $0 > bound ? .watch : .ok } ?? .missing
            ),
        ]
    }

    private var entities: [Evidence] {
        guard let groups = monitor.full.effectiveGroups else { return [] }
        return [
            Evidence(
                .baselineEntityGroups,
                value: groups,
                threshold: EntityPath.leastGroups,
                state: monitor.full.hasEntities ? .ok : .missing
            )
        ]
    }

    /// One log e-value a label age; two at the full one, where the risk is also held against a constant forecast.
    private var tracks: [Evidence] {
        let full = monitor.full
        let young = monitor.tracks.dropLast().reversed().map {
            evidence($0.deciding, .riskLogEvidence, age: $0.age)
        }
        return (full.relative.map { [evidence($0, .relativeRiskLogEvidence)] } ?? [])
            + [evidence(full.absolute, .riskLogEvidence)] + young + power + confirmation
    }

    private func evidence(
        _ risk: WatchedRisk,
        _ measure: Evidence.Measure,
        age: Int64? = nil
    ) -> Evidence {
        let raises = age == nil && monitor.alarm?.isRelative == risk.isRelative
        return Evidence(
            measure,
            age: age,
            value: risk.logEvidence,
            threshold: risk.watch.isWatching ? risk.watch.logThreshold : nil,
            state: risk.logEvidence == nil
                ? .missing : raises ? .alarm : risk.standing != nil ? .watch : .ok
        )
    }

    private var power: [Evidence] {
        guard conclusion.risk?.standing == nil, !conclusion.recent.isEmpty else { return [] }
        let days = conclusion.daysToFind(rise: 0.5)
        return [Evidence(.daysToFindHalfMore, value: days, state: days == nil ? .watch : .ok)]
    }

    /// Whether the model itself is seen to do worse, where a rise has raised an alarm.
    private var confirmation: [Evidence] {
        guard let alarm = monitor.alarm ?? monitor.unconfirmed else { return [] }
        let isDiscriminating = conclusion.task.kind.has(.calibration)
        let errors = isDiscriminating ? alarm.lossOfDiscrimination : alarm.riseOfOtherRisk
        return [
            Evidence(
                isDiscriminating ? .discriminationLoss : .otherRiskRise,
                value: errors,
                threshold: StandingAlarm.errors,
                state: errors.map { $0 > StandingAlarm.errors ? .alarm : .ok } ?? .missing
            )
        ]
    }

    private var parts: [Evidence] {
        guard let change = conclusion.change else { return [] }
        return [
            Evidence(.miscalibration, value: change.recent.miscalibration, state: .ok),
            Evidence(.miscalibrationChange, value: change.miscalibration, state: .ok),
            Evidence(.discrimination, value: change.recent.discrimination, state: .ok),
            Evidence(.discriminationChange, value: change.discrimination, state: .ok),
            Evidence(.uncertaintyChange, value: change.uncertainty, state: .ok),
        ]
    }

    private var recalibration: [Evidence] {
        guard let gains = monitor.virtual?.gains else { return [] }
        var rows = gain(gains, .recalibrationGain, low: .recalibrationGainLow)
        rows += worth(gains.pays, .recalibrationPays)
        rows += worth(gains.paysTwice, .recalibrationPaysTwice)
        if let alarm = conclusion.alarm {
            let share = alarm.recalibration.wonBack.share
            rows.append(
                Evidence(
                    .recalibrationRecovery,
                    value: share,
                    threshold: RecalibrationStanding.enough,
                    state: share == nil
                        ? .missing : conclusion.recalibrationIsEnough ? .ok : .watch
                )
            )
        }
        return rows
    }

    private var retraining: [Evidence] {
        guard let shadow = conclusion.inputs.retrained, !shadow.blocks.isEmpty else { return [] }
        var rows = gain(shadow.gains, .retrainingGain, low: .retrainingGainLow)
        rows += worth(shadow.gains.pays, .retrainingPays)
        if conclusion.alarm != nil {
            let wonBack = conclusion.wonBackByRetraining
            let low = wonBack?.interval?.low
            rows += [
                Evidence(
                    .retrainingRecovery,
                    value: wonBack?.share,
                    state: wonBack == nil ? .missing : .ok
                ),
                Evidence(
                    .retrainingRecoveryLow,
                    value: low,
                    threshold: 0,
                    state: low.map { $0 > 0 ? .watch : .ok } ?? .missing
                ),
            ]
        }
        return rows
    }

    private func gain(
        _ gains: VirtualGains,
        _ mean: Evidence.Measure,
        low: Evidence.Measure
    ) -> [Evidence] {
        let gain = gains.gain
        return [
            Evidence(mean, value: gain?.mean, state: gain == nil ? .missing : .ok),
            Evidence(
                low,
                value: gain?.interval?.low,
                threshold: 0,
                state: gain?.interval.map { $0.low > 0 ? .watch : .ok } ?? .missing
            ),
        ]
    }

    private func worth(_ worth: VirtualGains.Worth, _ measure: Evidence.Measure) -> [Evidence] {
        worth.logEvidence.map {
            [
                Evidence(
                    measure,
                    value: $0,
                    threshold: worth.threshold,
                    state: worth.since == nil ? .ok : .watch
                )
            ]
        } ?? []
    }

    private var shadows: [Evidence] {
        guard let first = conclusion.standings.first else { return [] }
        return [
            Evidence(.bestShadowGain, value: first.mean, state: .ok),
            Evidence(
                .bestShadowGainLow,
                value: first.low,
                threshold: 0,
                state: first.isBetter ? .watch : .ok
            ),
        ]
    }

    /// What corrections and late labels would say: shown beside the ledger, never in its place.
    private var restated: [Evidence] {
        guard let restated = conclusion.now?.watch else { return [] }
        let (now, then) = (labels(restated.matured), labels(monitor.matured))
        let risk = restated.full.deciding
        let disagrees = (restated.alarm == nil) != (monitor.alarm == nil)
        return [
            Evidence(
                .latePredictions,
                value: Double(max(0, now.predictions - then.predictions)),
                state: .ok
            ),
            Evidence(
                .lateLabels,
                value: Double(max(0, now.labelled - then.labelled)),
                state: .ok
            ),
            Evidence(
                .restatedLogEvidence,
                value: risk.logEvidence,
                threshold: risk.watch.isWatching ? risk.watch.logThreshold : nil,
                state: risk.logEvidence == nil ? .missing : disagrees ? .watch : .ok
            ),
        ]
    }

    private func labels(_ days: [EvidenceDay]) -> (predictions: Int, labelled: Int) {
        (
            days.reduce(0) { $0 + $1.cell.predictions }, days.reduce(0) { $0 + $1.cell.labelled }
        )
    }
}
