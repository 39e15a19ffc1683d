import Statistics

/// What to do about the champion.
package enum RecommendationVerdict: String, Sendable, CaseIterable {
    case keep
    case retrain
    case recalibrate
    case promote
    case insufficientEvidence = "insufficient_evidence"
}

/// One number that a recommendation rests on.
package struct Evidence: Sendable, Equatable {
    package var name: String
    package var value: Double?
    package var threshold: Double?
    /// `ok`, `watch`, `alarm` or `missing`.
    package var state: String

    package init(name: String, value: Double?, threshold: Double? = nil, state: String) {
        self.name = name
        self.value = value
        self.threshold = threshold
        self.state = state
    }
}

package struct Recommendation: Sendable, Equatable {
    package var task: PredictionTask
    package var model: String
    package var asOf: Instant
    package var verdict: RecommendationVerdict
    /// When the alarm was raised: the moment the cohort that raised it had matured.
    package var since: Instant?
    package var reasons: [String]
    package var evidence: [Evidence]
    /// Where the risk is estimated to have risen, to the end of the last matured cohort.
    package var trainingWindow: Range<Instant>?
}

/// Decides whether retraining is warranted, from matured cohorts alone; pure.
///
/// The cohort e-SR detector against a baseline: the risk bound m is the upper limit of the baseline's mean
/// loss plus the tolerance, and the alarm is raised when the mixture of e-processes reaches T/α.
package struct RecommendationBuilder: Sendable {
    package let task: PredictionTask
    package let model: String
    package let asOf: Instant
    /// Matured cohorts of the champion in event order, with those that hold no labels.
    package var cohorts: [Cohort] = []
    /// The cohorts of a baseline file.
    package var baselineFile: [Cohort] = []
    /// A shadow that a comparison would promote.
    package var promotable: String?

    package struct Cohort: Sendable {
        package var start: Instant
        package var end: Instant
        package var maturedAt: Instant
        package var cell: CohortCell

        package init(start: Instant, end: Instant, maturedAt: Instant, cell: CohortCell) {
            self.start = start
            self.end = end
            self.maturedAt = maturedAt
            self.cell = cell
        }
    }

    /// Blocks of evidence for which the false alarm probability α holds.
    package static let horizonCohorts = 365
    package static let sourceAlpha = 0.01
    package static let targetAlpha = 0.04
    /// The fewest blocks of a baseline.
    package static let leastBaseline = 30
    /// The fewest labelled predictions of a block of evidence: cohorts with fewer are taken together, because
    /// the overdispersion that tempers the evidence shows only within blocks of several rows.
    package static let leastRowsOfBlock = 7
    /// Blocks that "recent" means.
    package static let recentCohorts = 28

    package init(task: PredictionTask, model: String, asOf: Instant) {
        self.task = task
        self.model = model
        self.asOf = asOf
    }

    package func build() -> Recommendation {
        let labelled = cohorts.filter { $0.cell.labelled > 0 }
        let (baselineCohorts, monitoredCohorts, missing) = split(labelled)
        let baseline = Self.blocks(baselineCohorts)
        let monitored = Self.blocks(monitoredCohorts)
        var evidence = [
            Evidence(
                name: "matured_cohorts",
                value: Double(labelled.count),
                state: labelled.isEmpty ? "missing" : "ok"
            ),
            coverage(),
            Evidence(
                name: "baseline_cohorts",
                value: Double(baselineCohorts.count),
                threshold: Double(requiredBaseline),
                state: missing == nil ? "ok" : "missing"
            ),
        ]
        if let missing { return insufficient(missing, evidence) }
        guard baseline.count >= Self.leastBaseline else {
            return insufficient(
                "The baseline takes \(Self.leastBaseline) blocks of \(Self.leastRowsOfBlock) labelled "
                    + "predictions or more; its \(baselineCohorts.count) cohorts make "
                    + "\(baseline.count).",
                evidence
            )
        }
        guard !monitored.isEmpty else {
            return insufficient(
                "The cohorts after the baseline hold fewer than \(Self.leastRowsOfBlock) labelled "
                    + "predictions.",
                evidence
            )
        }
        let scale = LossScale(task: task, baseline: baseline.map(\.cell))
        guard let risk = scale.risk(baseline.map(\.cell), tolerance: task.tolerance),
            var detector = try? ShiryaevRobertsDetector(
                riskBound: risk.riskBound,
                overdispersion: risk.overdispersion.tempering,
                horizon: Self.horizonCohorts,
                alpha: Self.targetAlpha
            )
        else {
            return insufficient(
                "The baseline's losses leave no room for a bound between 0 and 1.",
                evidence
            )
        }
        for cohort in monitored {
            try? detector.add(gridWeights: scale.uniformGrid(cohort.cell))
        }
        evidence += riskEvidence(risk, scale, monitored, detector)
        return conclude(detector, risk, scale, monitored, evidence)
    }

    // MARK: - Baseline

    private var requiredBaseline: Int {
        if case .first(let cohorts) = task.baseline { return cohorts }
        return Self.leastBaseline
    }

    private func split(
        _ labelled: [Cohort]
    ) -> (baseline: [Cohort], monitored: [Cohort], missing: String?) {
        let baseline: [Cohort]
        let monitored: [Cohort]
        switch task.baseline {
        case .first(let count):
            baseline = Array(labelled.prefix(count))
            monitored = Array(labelled.dropFirst(count))
        case .interval(let from, let to):
            baseline = labelled.filter { $0.start >= from && $0.start < to }
            monitored = labelled.filter { $0.start >= to }
        case .file:
            baseline = baselineFile.filter { $0.cell.labelled > 0 }
            monitored = labelled
        }
        if baseline.count < requiredBaseline {
            return (
                baseline, monitored,
                "The baseline takes \(requiredBaseline) matured cohorts with labels; there are "
                    + "\(baseline.count)." + lateLabels
            )
        }
        if monitored.isEmpty {
            return (
                baseline, monitored, "No cohort after the baseline has matured yet." + lateLabels
            )
        }
        return (baseline, monitored, nil)
    }

    /// Takes consecutive cohorts together until they hold enough rows; what is left over waits.
    private static func blocks(_ cohorts: [Cohort]) -> [Cohort] {
        var blocks: [Cohort] = []
        var open: Cohort?
        for cohort in cohorts {
            var block = open ?? cohort
            if open != nil {
                block.cell.add(cohort.cell)
                block.end = cohort.end
                block.maturedAt = cohort.maturedAt
            }
            open = block
            if block.cell.labelled >= leastRowsOfBlock {
                blocks.append(block)
                open = nil
            }
        }
        return blocks
    }

    private var lateLabels: String {
        let empty = cohorts.count { $0.cell.predictions == 0 || $0.cell.labelled == 0 }
        guard empty > 0 else { return "" }
        return " \(empty) matured cohorts hold no labels that were known by their horizon; "
            + "if the files are history, upload them with --backfill."
    }

    // MARK: - Evidence

    private func coverage() -> Evidence {
        let recent = cohorts.suffix(Self.recentCohorts)
        let predictions = recent.reduce(0) { $0 + $1.cell.predictions }
        let known = recent.reduce(0) { $0 + $1.cell.labelled }
        guard predictions > 0 else {
            return Evidence(name: "recent_coverage", value: nil, state: "missing")
        }
        let share = Double(known) / Double(predictions)
        return Evidence(
            name: "recent_coverage",
            value: share,
            threshold: 0.5,
            state: share < 0.5 ? "watch" : "ok"
        )
    }

    private func riskEvidence(
        _ risk: BaselineRisk,
        _ scale: LossScale,
        _ monitored: [Cohort],
        _ detector: ShiryaevRobertsDetector
    ) -> [Evidence] {
        let recent = scale.mean(monitored.suffix(Self.recentCohorts).map(\.cell))
        let bound = risk.riskBound * scale.unit
        return [
            Evidence(name: "baseline_risk", value: risk.mean * scale.unit, state: "ok"),
            Evidence(name: "risk_bound", value: bound, state: "ok"),
            Evidence(
                name: "recent_risk",
                value: recent,
                threshold: bound,
                state: (recent ?? 0) > bound ? "watch" : "ok"
            ),
            Evidence(name: "overdispersion", value: risk.overdispersion.tempering, state: "ok"),
            Evidence(
                name: "risk_log_e_value",
                value: detector.logEvidence,
                threshold: detector.logThreshold,
                state: detector.alarmIndex != nil ? "alarm" : "ok"
            ),
        ]
    }

    // MARK: - Verdict

    private func insufficient(_ reason: String, _ evidence: [Evidence]) -> Recommendation {
        Recommendation(
            task: task,
            model: model,
            asOf: asOf,
            verdict: .insufficientEvidence,
            since: nil,
            reasons: [reason],
            evidence: evidence,
            trainingWindow: nil
        )
    }

    private func conclude(
        _ detector: ShiryaevRobertsDetector,
        _ risk: BaselineRisk,
        _ scale: LossScale,
        _ monitored: [Cohort],
        _ evidence: [Evidence]
    ) -> Recommendation {
        let unit = scale.unit
        let recent = scale.mean(monitored.suffix(Self.recentCohorts).map(\.cell)) ?? 0
        let levels =
            "Baseline \(scale.name) \(Text.number(risk.mean * unit)), allowed up to "
            + "\(Text.number(risk.riskBound * unit)); the last "
            + "\(min(Self.recentCohorts, monitored.count)) blocks have \(Text.number(recent))."
        let logE = Text.number(detector.logEvidence ?? 0)
        let threshold = Text.number(detector.logThreshold)
        guard let alarm = detector.alarmIndex else {
            return Recommendation(
                task: task,
                model: model,
                asOf: asOf,
                verdict: .keep,
                since: nil,
                reasons: [
                    "\(monitored.count) blocks of evidence after the baseline do not show that the risk has left "
                        + "its bound: log e-value \(logE), alarm at \(threshold).",
                    levels,
                ],
                evidence: evidence,
                trainingWindow: nil
            )
        }
        let since = monitored[alarm].maturedAt
        let change = detector.changePoint() ?? alarm
        var reasons = [
            "The risk has left its bound: the log e-value reached \(threshold) with the cohort of "
                + "\(monitored[alarm].start.iso8601), and now stands at \(logE).",
            levels,
            "The rise is estimated to begin with the cohort of \(monitored[change].start.iso8601).",
        ]
        if let promotable {
            reasons.insert(
                "Shadow \(promotable) is better on the same requests: promoting it is the tested remedy.",
                at: 0
            )
        }
        let end = monitored.last?.end ?? monitored[change].end
        return Recommendation(
            task: task,
            model: model,
            asOf: asOf,
            verdict: promotable == nil ? .retrain : .promote,
            since: since,
            reasons: reasons,
            evidence: evidence,
            trainingWindow: monitored[change].start..<end
        )
    }
}
