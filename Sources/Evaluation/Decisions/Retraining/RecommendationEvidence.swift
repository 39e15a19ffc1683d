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
                name: "matured_cohorts",
                value: Double(labelled),
                state: labelled == 0 ? .missing : .ok
            ),
            coverage,
            Evidence(
                name: "baseline_cohorts",
                value: Double(full.baselineDays),
                threshold: Double(full.requiredDays),
                state: full.isBaselineWhole ? .ok : .missing
            ),
        ]
    }

    private var coverage: Evidence {
        guard let share = conclusion.recentCoverage else {
            return Evidence(name: "recent_coverage", value: nil, state: .missing)
        }
        let enough = RecommendationBuilder.enoughCoverage
        return Evidence(
            name: "recent_coverage",
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
            Evidence(name: "baseline_risk", value: watch.risk.mean * unit, state: .ok),
            Evidence(name: "risk_bound", value: bound, state: .ok),
            Evidence(
                name: "recent_risk",
                value: recent,
                threshold: bound,
                state: recent.map { $0 > bound ? .watch : .ok } ?? .missing
            ),
            Evidence(
                name: "overdispersion",
                value: watch.risk.overdispersion.tempering,
                state: .ok
            ),
        ]
    }

    private var entities: [Evidence] {
        guard let groups = monitor.full.effectiveGroups else { return [] }
        return [
            Evidence(
                name: "baseline_entity_groups",
                value: groups,
                threshold: GainPath.leastGroups,
                state: monitor.full.hasEntities ? .ok : .missing
            )
        ]
    }

    /// One log e-value a label age; the full age has the plain name.
    private var tracks: [Evidence] {
        monitor.tracks.enumerated().reversed().map { index, track in
            let isFull = index == monitor.tracks.count - 1
            let isAbove = monitor.alarm?.track == index
            return Evidence(
                name: isFull ? "risk_log_e_value" : "risk_log_e_value_\(Text.duration(track.age))",
                value: track.logEvidence,
                threshold: track.logThreshold,
                state: track.logEvidence == nil ? .missing : isAbove ? .alarm : .ok
            )
        }
    }

    private var parts: [Evidence] {
        guard let change = conclusion.change else { return [] }
        return [
            Evidence(name: "miscalibration", value: change.recent.miscalibration, state: .ok),
            Evidence(name: "miscalibration_change", value: change.miscalibration, state: .ok),
            Evidence(name: "discrimination", value: change.recent.discrimination, state: .ok),
            Evidence(name: "discrimination_change", value: change.discrimination, state: .ok),
            Evidence(
                name: "uncertainty_change",
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
                name: "recalibration_gain",
                value: virtual.gain?.mean,
                state: virtual.gain == nil ? .missing : .ok
            ),
            Evidence(
                name: "recalibration_gain_low",
                value: interval?.low,
                threshold: 0,
                state: interval.map { $0.low > 0 ? .watch : .ok } ?? .missing
            ),
        ]
        if conclusion.alarm != nil {
            rows.append(
                Evidence(
                    name: "recalibration_recovery",
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
            Evidence(name: "best_shadow_gain", value: first.mean, state: .ok),
            Evidence(
                name: "best_shadow_gain_low",
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
                name: "late_predictions",
                value: Double(max(0, now.predictions - then.predictions)),
                state: .ok
            ),
            Evidence(
                name: "late_labels",
                value: Double(max(0, now.labelled - then.labelled)),
                state: .ok
            ),
            Evidence(
                name: "restated_log_e_value",
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
