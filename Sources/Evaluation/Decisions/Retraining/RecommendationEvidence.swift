import Statistics

/// The numbers that a recommendation rests on, each with its threshold and its state.
struct RecommendationEvidence {
    private let conclusion: RecommendationConclusion
    private var monitor: RetrainingMonitor { conclusion.monitor }

    init(_ conclusion: RecommendationConclusion) {
        self.conclusion = conclusion
    }

    var rows: [Evidence] {
        amounts + entities + risk + tracks + parts + recalibration + shadows + restated
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
        let enough = RecommendationBuilder.enoughCoverage
        return Evidence(
            .recentCoverage,
            value: share,
            threshold: enough,
            state: share == 0 ? .missing : share < enough ? .watch : .ok
        )
    }

    private var risk: [Evidence] {
        guard let watch = conclusion.watch else { return [] }
        let unit = watch.scale.unit
        let bound = watch.risk.riskBound * unit
        let recent = watch.scale.mean(conclusion.recent.map(\.cell))
        return [
            Evidence(.baselineRisk, value: watch.risk.mean * unit, state: .ok),
            Evidence(.riskBound, value: bound, state: .ok),
            Evidence(
                .recentRisk,
                value: recent,
                threshold: bound,
                state: recent.map { $0 > bound ? .watch : .ok } ?? .missing
            ),
            Evidence(
                .overdispersion,
                value: watch.risk.overdispersion.tempering,
                state: .ok
            ),
        ]
    }

    private var entities: [Evidence] {
        guard let groups = monitor.full.effectiveGroups else { return [] }
        return [
            Evidence(
                .baselineEntityGroups,
                value: groups,
                threshold: GainPath.leastGroups,
                state: monitor.full.hasEntities ? .ok : .missing
            )
        ]
    }

    /// One log e-value a label age.
    private var tracks: [Evidence] {
        monitor.tracks.enumerated().reversed().map { index, track in
            let isFull = index == monitor.tracks.count - 1
            let isAbove = monitor.alarm?.track == index
            return Evidence(
                .riskLogEvidence,
                age: isFull ? nil : track.age,
                value: track.logEvidence,
                threshold: track.logThreshold,
                state: track.logEvidence == nil ? .missing : isAbove ? .alarm : .ok
            )
        }
    }

    private var parts: [Evidence] {
        guard let change = conclusion.change else { return [] }
        return [
            Evidence(.miscalibration, value: change.recent.miscalibration, state: .ok),
            Evidence(.miscalibrationChange, value: change.miscalibration, state: .ok),
            Evidence(.discrimination, value: change.recent.discrimination, state: .ok),
            Evidence(.discriminationChange, value: change.discrimination, state: .ok),
            Evidence(
                .uncertaintyChange,
                value: change.uncertainty,
                state: conclusion.alarm != nil && conclusion.isHarderProblem ? .watch : .ok
            ),
        ]
    }

    private var recalibration: [Evidence] {
        guard let virtual = conclusion.virtual else { return [] }
        let interval = virtual.gain?.interval
        var rows = [
            Evidence(
                .recalibrationGain,
                value: virtual.gain?.mean,
                state: virtual.gain == nil ? .missing : .ok
            ),
            Evidence(
                .recalibrationGainLow,
                value: interval?.low,
                threshold: 0,
                state: interval.map { $0.low > 0 ? .watch : .ok } ?? .missing
            ),
        ]
        if conclusion.alarm != nil {
            rows.append(
                Evidence(
                    .recalibrationRecovery,
                    value: conclusion.recovery?.share,
                    threshold: RecommendationBuilder.enoughRecovery,
                    state: conclusion.recovery == nil
                        ? .missing : conclusion.recalibrationIsEnough ? .ok : .watch
                )
            )
        }
        return rows
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
        guard let restated = conclusion.restated else { return [] }
        let (now, then) = (labels(restated.matured), labels(monitor.matured))
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
                value: restated.full.logEvidence,
                threshold: restated.full.logThreshold,
                state: restated.full.logEvidence == nil ? .missing : disagrees ? .watch : .ok
            ),
        ]
    }

    private func labels(_ days: [EvidenceDay]) -> (predictions: Int, labelled: Int) {
        (
            days.reduce(0) { $0 + $1.cell.predictions }, days.reduce(0) { $0 + $1.cell.labelled }
        )
    }
}
