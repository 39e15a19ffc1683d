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
        let ledger = conclusion.ledgerSentences
        sentences += ledger.first
        if verdict == .insufficientEvidence, ledger.first.isEmpty, let lacking = conclusion.lacking
        {
            sentences.append(lacking.sentence)
        }
        sentences +=
            slices() + alarm() + levels() + reach() + recovered() + suspicion() + entities()
            + shadows(verdict)
        let retraining = RetrainingReasons(conclusion)
        sentences +=
            conclusion.alarm == nil
            ? retraining.worth(verdict) : split() + retraining.wonBack()
        sentences += training(verdict)
        return sentences + epoch() + coverage() + restated()
            + (conclusion.now?.shadowProblems ?? [])
            + ledger.last
    }

    private func alarm() -> [String] {
        guard let alarm = conclusion.alarm ?? monitor.unconfirmed else { return quiet() }
        let risk = conclusion.risk(of: alarm)
        var sentences = [
            "The \(name(of: risk)) has left its bound: the log e-value reached "
                + "\(Text.number(risk.watch.logThreshold)) with the day of \(alarm.block.start.iso8601), and now "
                + "stands at \(Text.number(risk.logEvidence ?? 0)).",
            "The rise is estimated to begin with the day of \(alarm.change.start.iso8601).",
        ]
        if conclusion.isLatelyWithin {
            sentences.append(
                "The last \(conclusion.recent.count) blocks are within the bound; the alarm stands until that is certain."
            )
        }
        return sentences + confirmation(alarm)
    }

    /// The most slices that are told one by one.
    private static let mostSlices = 5

    private func slices() -> [String] {
        let told = conclusion.slices.prefix(Self.mostSlices).map(slice)
        let more = conclusion.slices.count - told.count
        return told
            + (more > 0
                ? ["\(Text.count(more, "more slice has", "more slices have")) an alarm."] : [])
    }

    private func slice(_ alarm: SliceAlarm) -> String {
        let discriminates = conclusion.task.kind.has(.areas)
        let why =
            alarm.confirmedAt == nil
            ? "that the model itself does worse there is not confirmed"
            : discriminates
                ? "there the scores surely tell the classes less well apart than in the slice's baseline"
                : "there the errors themselves are surely above what their baseline allows"
        return
            "Where \(alarm.slice.key) is \(alarm.slice.value) the risk relative to a constant forecast has left its bound: "
            + "\(Text.number(alarm.recentRisk)) over the last \(Text.count(alarm.recentRows, "labelled row", "labelled rows")), "
            + "baseline \(Text.number(alarm.baselineRisk)), allowed up to \(Text.number(alarm.bound)); log e-value "
            + "\(Text.number(alarm.logEvidence)) of \(Text.number(alarm.logThreshold)), since the day of "
            + "\(alarm.change.iso8601); \(why)."
    }

    private func quiet() -> [String] {
        guard let risk = conclusion.risk else { return [] }
        guard let evidence = risk.logEvidence else {
            return ["No block of evidence has matured since the last alarm ended."] + power()
        }
        let threshold = Text.number(risk.watch.logThreshold)
        if conclusion.isAboveBound {
            let since =
                monitor.full.changePoint.map { " since the day of \($0.start.iso8601)" } ?? ""
            return [
                "The \(name(of: risk)) is above what is allowed\(since), which is not certain yet: log e-value "
                    + "\(Text.number(evidence)) of \(threshold)."
            ] + power()
        }
        return [
            "\(Text.count(monitor.full.watched.count, "block", "blocks")) of evidence after the baseline "
                + "\(monitor.full.watched.count == 1 ? "does" : "do") not show that the \(name(of: risk)) has left its bound: "
                + "log e-value \(Text.number(evidence)), alarm at \(threshold)."
        ] + power()
    }

    /// What the watch could find at this traffic.
    private func power() -> [String] {
        guard !conclusion.recent.isEmpty else { return [] }
        return [
            "At this traffic a rise of that risk by a half would \(conclusion.found(rise: 0.5)), one by a fifth "
                + "would \(conclusion.found(rise: 0.2))."
        ]
    }

    private func name(of risk: WatchedRisk) -> String {
        risk.isRelative ? "risk relative to a constant forecast" : "risk"
    }

    private func confirmation(_ alarm: StandingAlarm) -> [String] {
        guard conclusion.task.kind.has(.calibration) else { return otherRisk(alarm) }
        let loss = alarm.lossOfDiscrimination
        let errors = loss.map { "\(Text.number(abs($0))) standard errors" }
        if alarm.confirmedAt != nil {
            guard let loss, let errors, loss > StandingAlarm.errors else {
                return [
                    "Recalibrating surely gains since then, so that the model itself does worse."
                ]
            }
            return [
                "Within blocks the scores tell the classes less well apart than in the baseline, by \(errors) beyond "
                    + "\(Text.percent(StandingAlarm.leastLoss)) of their skill: the model itself does worse."
            ]
        }
        let told = loss == nil ? "too few blocks have both classes" : "that is not so"
        return [
            "It is not confirmed that the model itself does worse: that takes scores which surely tell the classes of a "
                + "block less well apart than in the baseline, by more than \(Text.percent(StandingAlarm.leastLoss)) of "
                + "their skill, and \(told)."
        ]
    }

    private func otherRisk(_ alarm: StandingAlarm) -> [String] {
        guard let rise = alarm.riseOfOtherRisk else { return [] }
        let other =
            alarm.isRelative
            ? "mean error itself" : "mean error as a share of a constant forecast's"
        let errors = "\(Text.number(abs(rise))) standard errors"
        if alarm.confirmedAt != nil {
            return rise > StandingAlarm.errors
                ? [
                    "The \(other) is above its bound too, by \(errors): the model itself does worse."
                ]
                : []
        }
        return [
            "It is not confirmed that the model itself does worse: that takes that the \(other) is surely above its bound "
                + "too, and since then it is \(errors) \(rise > 0 ? "above" : "below") it."
        ]
    }

    private func levels() -> [String] {
        guard let risk = conclusion.risk, let baseline = risk.baseline, let bound = risk.bound,
            let recent = risk.recent
        else { return [] }
        let loss = conclusion.task.kind.cohortLoss.watchedName
        let what = risk.isRelative ? "\(loss) as a share of a constant forecast's" : loss
        return [
            "Baseline \(what) \(Text.number(baseline)), allowed up to \(Text.number(bound)); the last "
                + "\(conclusion.recent.count) blocks have \(Text.number(recent))."
        ]
            + (conclusion.lacksSkill
                ? [
                    "In its baseline the model has no skill over a constant forecast, so that little can be said of its loss."
                ] : [])
    }

    /// Labels that take long leave days of which nothing is known.
    private static let longHorizon: Int64 = 7 * 86_400

    /// Up to when the verdict speaks.
    private func reach() -> [String] {
        guard let last = monitor.matured.last?.end else { return [] }
        if conclusion.silence != nil {
            return [
                "\(model) has made no prediction since \(last.iso8601) that could have matured."
            ]
        }
        let horizon = conclusion.task.horizonSeconds
        guard horizon >= Self.longHorizon else { return [] }
        return [
            "Labels take up to \(Text.duration(horizon)): this is about the days before \(last.iso8601), and says nothing of those "
                + "since."
        ]
    }

    private func recovered() -> [String] {
        guard conclusion.alarm == nil, let recovery = monitor.recovered else { return [] }
        return [
            "The risk was above its bound from \(recovery.change.iso8601), with an alarm on "
                + "\(recovery.alarmedAt.iso8601), and is surely back since \(recovery.at.iso8601)."
        ]
    }

    private func suspicion() -> [String] {
        let ages = monitor.tracks.dropLast().filter { $0.deciding.standing != nil }.map(\.age)
        guard conclusion.alarm == nil, !ages.isEmpty else { return [] }
        return [
            "Labels of \(ages.map(Text.duration).joined(separator: " and ")) say that the risk has risen, against a "
                + "baseline of the same age. That is a suspicion: which labels come early moves with the season too."
        ]
    }

    private func training(_ verdict: RecommendationVerdict) -> [String] {
        guard [.retrain, .recalibrate].contains(verdict), !conclusion.hasEnoughToTrain,
            let since = conclusion.alarm.map({ ($0.change.start, $0.sums.labelled) })
                ?? conclusion.sliceAlarm.map({ ($0.change, $0.rows) })
        else { return [] }
        return [
            "The days since \(since.0.iso8601) hold \(Text.count(since.1, "labelled prediction", "labelled predictions")) of this: "
                + "too few to train on."
        ]
    }

    private func entities() -> [String] {
        guard let tempering = monitor.full.groupTempering, monitor.full.isWatching else {
            return []
        }
        return [
            "Rows of an entity move together in the baseline; evidence is divided by at least "
                + "\(Text.number(tempering))."
        ]
    }

    private func shadows(_ verdict: RecommendationVerdict) -> [String] {
        let withheld = conclusion.standings.filter { !$0.vetoes.isEmpty }
        let isOne = withheld.count == 1
        let told = withheld.flatMap { withheldSentences($0, isOne: isOne) }
        guard let best = conclusion.best else { return withheld.isEmpty ? notBetter() : told }
        let since = best.decidedAt.map { ", decided \($0.iso8601)" } ?? ""
        let gain = "the gain in \(metric) lies in \(span(best))\(since)."
        let sentence =
            if verdict == .promote {
                "Shadow \(best.shadow) is better on the same requests: \(gain)"
            } else if best.isLarge {
                "Shadow \(best.shadow) is surely better, by enough to matter: \(gain)"
            } else {
                "Shadow \(best.shadow) is surely better, but not by enough to act on: \(gain) "
                    + (conclusion.warnings.isEmpty && best.doubt == nil
                        ? "Promoting it is safe, and not urgent." : "Promoting it is not urgent.")
            }
        return [sentence] + [best.recentlyUnlike, best.doubt].compactMap { $0 } + told
    }

    private var metric: String { conclusion.task.kind.mainLoss.words }

    private func notBetter() -> [String] {
        guard let best = conclusion.standings.first else { return [] }
        if best.isCopy {
            return [
                "Shadow \(best.shadow) gave the same scores as \(model) in all matured pairs: there is nothing to gain."
            ]
        }
        return [
            "No shadow is surely better than \(model): the gain in \(metric) of \(best.shadow), the largest in the mean, lies in "
                + "\(span(best))."
        ]
    }

    /// A gain that is sure over all days, and does not speak of the days now.
    private func withheldSentences(_ standing: ShadowStanding, isOne: Bool) -> [String] {
        [
            "Shadow \(standing.shadow) is surely better in the mean over all matured days, by \(span(standing)) in \(metric), and "
                + "is not promoted for it: that does not speak of the days now."
        ] + standing.vetoes.map { isOne ? $0.sentence : "\(standing.shadow): \($0.sentence)" }
    }

    private func span(_ standing: ShadowStanding) -> String {
        "\(Text.number(standing.low ?? 0)) to \(Text.number(standing.high ?? 0))"
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

    private func epoch() -> [String] {
        switch monitor.epoch.cause {
        case .start: []
        case .newChampion:
            ["The watch began when \(model) became the champion, \(instant(monitor.epoch.from))."]
        case .newVersion:
            [
                "The version that has taken over under an alarm counts alone, from \(instant(monitor.epoch.from)) on, against "
                    + "the bound of before, until the risk is surely back."
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
            share >= conclusion.task.minimumCoverage || conclusion.alarm != nil,
            share < RecommendationBuilder.enoughCoverage
        else { return [] }
        return [
            "Only \(Text.percent(share)) of the last \(conclusion.recentMatured.count) matured days' "
                + "predictions have labels; if those are of another kind than the rest, so is the risk."
        ]
    }

    private func restated() -> [String] {
        guard let restated = conclusion.now?.watch,
            (restated.alarm == nil) != (monitor.alarm == nil)
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
