import Statistics

/// Why a comparison ends as it does, in sentences: the verdict first, then what weakens or colours it.
struct ComparisonReasons {
    private let builder: ComparisonBuilder
    private let path: GainPath
    private var name: String { builder.metric.words }

    init(_ builder: ComparisonBuilder, path: GainPath) {
        self.builder = builder
        self.path = path
    }

    func sentences(_ comparison: Comparison) -> [String] {
        [verdict(comparison)] + comparison.standing.vetoes.map(\.sentence) + size(comparison)
            + before(comparison) + [comparison.standing.recentlyUnlike].compactMap { $0 }
            + slices(comparison)
            + dependence(comparison) + doubts(comparison) + builder.health.problems
            + (builder.guardrails?.problems(shadowName: builder.shadow) ?? [])
    }

    private func verdict(_ comparison: Comparison) -> String {
        let sequence = comparison.sequence
        guard let low = sequence.low, let high = sequence.high else {
            return sequence.gap?.sentence ?? ""
        }
        if path.isIdentical {
            let pairs = path.days.reduce(0) { $0 + $1.sums.pairs }
            return
                "The shadow gave the same scores as the champion in all \(Text.whole(pairs)) matured pairs: there is nothing to "
                + "gain or to lose."
        }
        let span = "\(Text.number(low)) to \(Text.number(high))"
        if !comparison.standing.vetoes.isEmpty {
            return withheld(comparison.standing, span)
        }
        let least = builder.options.minimumGain
        let bar = least > 0 ? "\(Text.number(least)), the least that was asked for" : "0"
        switch comparison.verdict {
        case .promote:
            return
                "The shadow's \(name) is better: the gain lies in \(span), above \(bar), at every look."
        case .keepChampion where high < 0:
            return
                "The shadow's \(name) is worse: the gain lies in \(span), below 0, at every look."
        case .keepChampion:
            return
                "The shadow's gain in \(name) lies in \(span), below \(bar): more data will not change that."
        case .nonInferior:
            return
                "The shadow is at most \(Text.number(builder.options.margin ?? 0)) worse in \(name): the gain "
                + "lies in \(span)."
        case .undecided:
            return "The gain in \(name) lies in \(span), which includes \(bar): keep collecting."
        }
    }

    /// The gain is sure over all days, and not to be acted on.
    private func withheld(_ standing: ShadowStanding, _ span: String) -> String {
        let what = standing.sequenceVerdict == .promote ? "better" : "as good"
        return
            "Over all matured days the shadow's \(name) is \(what), a gain of \(span); that does not speak of the days "
            + "now, so it is not decided."
    }

    /// Certain is not large: says which of the two a certain gain is.
    private func size(_ comparison: Comparison) -> [String] {
        guard comparison.verdict == .promote,
            let matters = builder.interestingGain(path), let mean = comparison.sequence.mean,
            let size = comparison.standing.size
        else { return [] }
        let share = path.championMean.map { champion in
            builder.metric.isAscending || champion == 0
                ? "" : ", \(Text.percent(mean / champion)) of the champion's"
        }
        let gain = "the mean gain over all matured days is \(Text.number(mean))\(share ?? "")"
        return switch size {
        case .small: ["Certain, and small: \(gain); \(Text.number(matters)) would matter."]
        case .large: ["Certain, and large: \(gain), and surely above \(Text.number(matters))."]
        case .open:
            [
                "Certain; whether it is large enough to matter, \(Text.number(matters)), is open: \(gain)."
            ]
        }
    }

    /// A decision that no longer holds is no error: it spoke of the days until then.
    private func before(_ comparison: Comparison) -> [String] {
        guard let decision = comparison.sequence.firstDecision, let until = decision.until else {
            return []
        }
        let what = decision.verdict == .promote ? "better" : "worse"
        return [
            "From \(decision.from.iso8601) to \(until.iso8601) the shadow was surely \(what) on the mean over all days "
                + "until then; the days since were different."
        ]
    }

    private func slices(_ comparison: Comparison) -> [String] {
        let overall: String
        switch comparison.verdict {
        case .promote: overall = "better"
        case .nonInferior: overall = "as good"
        case .undecided: overall = "undecided"
        case .keepChampion: return []
        }
        return SliceComparison.harms(of: builder.shadow, in: comparison.slices, overall: overall)
    }

    private func dependence(_ comparison: Comparison) -> [String] {
        let sequence = comparison.sequence
        guard let effective = sequence.effectivePairs, path.isDependent else { return [] }
        let pairs = path.days.reduce(0) { $0 + $1.sums.pairs }
        let isEntity = path.clusters.map { $0.varianceByGroup > $0.varianceByCohort } ?? false
        return [
            "Rows of \(isEntity ? "an entity" : "a day") move together: \(Text.whole(pairs)) matured pairs tell as much as "
                + "\(Text.whole(Int(effective))) independent ones. Tests that count rows as units claim too much."
                + (isEntity ? " More rows of the same entities add little; new entities do." : "")
        ]
    }

    private func doubts(_ comparison: Comparison) -> [String] {
        var doubts: [String] = []
        if let check = comparison.check, [.promote, .keepChampion].contains(comparison.verdict),
            check.logEValue < check.logThreshold
        {
            doubts.append(
                "The check without asymptotics (RA-EB on days) does not decide yet: log e-value "
                    + "\(Text.number(check.logEValue)), \(Text.number(check.logThreshold)) is enough."
            )
        }
        if let repeated = path.repeatedEntities { doubts.append(repeated) }
        doubts += DaysWithoutEvidence(builder.gainDays, metric: builder.metric).sentences
        if builder.hasChosenStart {
            doubts.append(
                "The sequence starts and ends where the question says; if that was chosen after seeing the data, "
                    + "its guarantee is gone."
            )
        }
        return doubts
    }
}
