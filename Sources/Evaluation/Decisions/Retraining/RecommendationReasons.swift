import Statistics

/// Why a recommendation is what it is, in sentences, the weightiest first.
struct RecommendationReasons {
    private let conclusion: RecommendationConclusion
    private var monitor: RetrainingMonitor { conclusion.monitor }
    private var model: Name { conclusion.inputs.model }

    init(_ conclusion: RecommendationConclusion) {
        self.conclusion = conclusion
    }

    func sentences(_ verdict: RecommendationVerdict) -> [String] {
        var sentences: [String] = []
        if verdict == .insufficientEvidence, let lacking = conclusion.lacking {
            sentences.append(lacking.sentence)
        }
        sentences += alarm() + levels() + entities() + shadows(verdict)
        if conclusion.alarm != nil { sentences += split() + recalibration() }
        return sentences + epoch() + coverage() + restated() + conclusion.inputs.shadowProblems
    }

    private func alarm() -> [String] {
        guard let alarm = conclusion.alarm else {
            guard let logE = monitor.full.logEvidence, let threshold = monitor.full.logThreshold
            else { return [] }
            return [
                "\(monitor.full.monitored.closed.count) blocks of evidence after the baseline do not show that the "
                    + "risk has left its bound: log e-value \(Text.number(logE)), alarm at "
                    + "\(Text.number(threshold))."
            ]
        }
        let track = monitor.tracks[alarm.track]
        let young =
            alarm.track == monitor.tracks.count - 1
            ? ""
            : " Labels of \(Text.duration(track.age)) raised it, against a baseline of the same age."
        var sentences = [
            "The risk has left its bound: the log e-value reached \(Text.number(track.logThreshold ?? 0)) with the "
                + "day of \(alarm.block.start.iso8601), and now stands at "
                + "\(Text.number(track.logEvidence ?? 0))." + young
        ]
        if let change = track.changePoint {
            sentences.append(
                "The rise is estimated to begin with the day of \(change.start.iso8601)."
            )
        }
        return sentences
    }

    private func levels() -> [String] {
        guard let watch = conclusion.watch,
            let recent = watch.scale.mean(conclusion.recent.map(\.cell))
        else { return [] }
        let unit = watch.scale.unit
        return [
            "Baseline \(watch.scale.name) \(Text.number(watch.risk.mean * unit)), allowed up to "
                + "\(Text.number(watch.risk.riskBound * unit)); the last \(conclusion.recent.count) blocks have "
                + "\(Text.number(recent))."
        ]
    }

    private func entities() -> [String] {
        guard let risk = conclusion.watch?.risk, let groups = risk.groupOverdispersion,
            groups == risk.overdispersion, let count = monitor.full.effectiveGroups,
            VisibleDependence.holds(factor: groups.factor, units: count)
        else { return [] }
        return [
            "Rows of an entity move together: in the baseline they scatter \(Text.number(groups.factor)) times as "
                + "much as independent rows; evidence is divided by \(Text.number(groups.tempering))."
        ]
    }

    private func shadows(_ verdict: RecommendationVerdict) -> [String] {
        guard let best = conclusion.best else { return [] }
        let span = "\(Text.number(best.low)) to \(Text.number(best.high))"
        let since = best.decidedAt.map { ", decided \($0.iso8601)" } ?? ""
        if verdict == .promote {
            return [
                "Shadow \(best.shadow) is better on the same requests: the gain lies in \(span)\(since)."
            ]
        }
        return [
            "Shadow \(best.shadow) is surely better, but not by enough to act on: the gain lies in \(span)\(since). "
                + "Promoting it is safe, and not urgent."
        ]
    }

    private func split() -> [String] {
        guard let change = conclusion.change else { return [] }
        return [
            "Of the change of \(Text.signed(change.score)) in the score, \(Text.signed(change.miscalibration)) is "
                + "miscalibration, \(Text.signed(-change.discrimination)) lost discrimination (it fell from "
                + "\(Text.number(change.baseline.discrimination)) to "
                + "\(Text.number(change.recent.discrimination))), \(Text.signed(change.uncertainty)) the "
                + "uncertainty of the outcomes themselves."
        ]
    }

    private func recalibration() -> [String] {
        guard let recovery = conclusion.recovery else {
            return conclusion.task.kind.has(.calibration)
                ? [
                    "What recalibration would win is not known yet: no day has matured since the change."
                ] : []
        }
        return [
            "Recalibrating \(model) day by day since then would have won back \(Text.percent(recovery.share)) of the "
                + "excess; \(Text.percent(RecommendationBuilder.enoughRecovery)) would be enough."
        ]
    }

    private func epoch() -> [String] {
        switch monitor.epoch.cause {
        case .start: []
        case .newChampion:
            ["The watch began when \(model) became the champion, \(instant(monitor.epoch.from))."]
        case .newVersion:
            [
                "The watch was armed anew with the version that came after the alarm, first seen on "
                    + "\(instant(monitor.epoch.from))."
            ]
        case .acknowledged:
            [
                "The watch was armed anew when the alarm was acknowledged, \(instant(monitor.epoch.at))."
            ]
        }
    }

    private func instant(_ instant: Instant?) -> String { instant?.iso8601 ?? "" }

    private func coverage() -> [String] {
        guard let share = conclusion.recentCoverage, share > 0,
            share < RecommendationBuilder.enoughCoverage
        else { return [] }
        return [
            "Only \(Text.percent(share)) of the last \(conclusion.recentMatured.count) matured days' "
                + "predictions have labels; if those are of another kind than the rest, so is the risk."
        ]
    }

    private func restated() -> [String] {
        guard let restated = conclusion.restated, (restated.alarm == nil) != (monitor.alarm == nil)
        else { return [] }
        return [
            restated.alarm == nil
                ? "With the corrections and labels that came later, there would be no alarm; the ledger, which was "
                    + "written before them, decides."
                : "With the corrections and labels that came later, there would be an alarm; the ledger, which was "
                    + "written before them, decides."
        ]
    }
}
