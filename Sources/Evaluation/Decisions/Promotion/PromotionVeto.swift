/// What speaks against acting on a gain that is sure over all days together.
///
/// A veto is evidence for nothing; it ends by itself when what it says is over.
package enum PromotionVeto: Sendable, Equatable {
    /// The newest days have surely less than half of the gain, or less than a margin allows.
    case gainFell(since: Instant, logEvidence: Double, recent: RecentGain?)
    /// The gain of the last matured days lies wholly below what is asked for, at one look.
    case recentGain(RecentGain, least: Double)
    /// The shadow's scores are other than those that the labels are about.
    case scoresMoved(Disagreement, maturesAt: Instant)
    /// The shadow hardly tells requests apart any more.
    case scoresFlattened(Flattening, maturesAt: Instant)
    /// The models hardly differ any more.
    case nearlyTheSame(Disagreement, maturesAt: Instant)
    /// The shadow leaves out too many of the champion's requests.
    case fewPairs(share: Double, from: Instant, to: Instant)

    package enum Kind: String, Sendable, CaseIterable {
        case gainFell = "gain_fell"
        case recentGain = "recent_gain"
        case scoresMoved = "scores_moved"
        case scoresFlattened = "scores_flattened"
        case nearlyTheSame = "nearly_the_same"
        case fewPairs = "few_pairs"
    }

    package var kind: Kind {
        switch self {
        case .gainFell: .gainFell
        case .recentGain: .recentGain
        case .scoresMoved: .scoresMoved
        case .scoresFlattened: .scoresFlattened
        case .nearlyTheSame: .nearlyTheSame
        case .fewPairs: .fewPairs
        }
    }

    /// The start of the first day that it speaks of.
    package var since: Instant {
        switch self {
        case .gainFell(let since, _, _): since
        case .recentGain(let recent, _): recent.from
        case .scoresMoved(let disagreement, _), .nearlyTheSame(let disagreement, _):
            disagreement.from
        case .scoresFlattened(let flattening, _): flattening.from
        case .fewPairs(_, let from, _): from
        }
    }

    package var sentence: String {
        let day = since.iso8601
        return switch self {
        case .gainFell(_, let evidence, let recent):
            "Since the day of \(day) the gain is surely no longer what it was (log e-value \(Text.number(evidence)))"
                + (recent.map { ": the last matured days have \(Self.span($0))" } ?? "") + "."
        case .recentGain(let recent, let least):
            "The matured days since \(day) have a gain of \(Self.span(recent)), wholly below "
                + "\(Text.number(least)) at one look."
        case .scoresMoved(let disagreement, let maturity):
            "From \(day) to \(disagreement.to.iso8601) the shadow's scores are not those that the labels are about: "
                + "\(Self.distances(disagreement)). It has grown by more than the gain of \(Text.number(disagreement.gain)), which "
                + "may be gone. \(Self.labels(maturity))"
        case .scoresFlattened(let flattening, let maturity):
            "From \(day) to \(flattening.to.iso8601) the shadow's scores tell requests much less apart than those that the "
                + "labels are about: their variance is \(Text.number(flattening.recent)), and was "
                + "\(Text.number(flattening.before)). The champion's has not fallen with it, and the gain of "
                + "\(Text.number(flattening.gain)) may be gone. "
                + Self.labels(maturity)
        case .nearlyTheSame(let disagreement, let maturity):
            "From \(day) to \(disagreement.to.iso8601) the shadow's scores are nearly the champion's: "
                + "\(Self.distances(disagreement)), so that at most half of the gain of "
                + "\(Text.number(disagreement.gain)) can be left. \(Self.labels(maturity))"
        case .fewPairs(let share, _, let end):
            "From \(day) to \(end.iso8601) the shadow scored \(Text.percent(share)) of the champion's requests; "
                + "\(Text.percent(Self.leastPairs)) are asked for."
        }
    }

    private static func distances(_ disagreement: Disagreement) -> String {
        "the \(disagreement.measure) from the champion's is \(Text.number(disagreement.recent)), and was "
            + "\(Text.number(disagreement.before))"
    }

    private static func span(_ recent: RecentGain) -> String {
        guard let low = recent.low, let high = recent.high else { return Text.number(recent.gain) }
        return "\(Text.number(recent.gain)) (\(Text.number(low)) to \(Text.number(high)))"
    }

    private static func labels(_ maturity: Instant) -> String {
        "The labels of these days are there on \(maturity.iso8601)."
    }

    /// Of the champion's requests of the last days, the share that a shadow must have scored.
    static let leastPairs = 0.9
}

extension PromotionVeto {
    /// All that speaks against a gain as large as is asked for.
    ///
    /// - Parameters:
    ///   - path: The matured days.
    ///   - fall: Over the same days.
    ///   - traffic: What both predicted by then; `nil` where that is not known.
    ///   - task: The task.
    /// - Returns: The weightiest first.
    static func all(
        _ path: GainPath,
        _ fall: GainFall,
        _ traffic: ShadowTraffic?,
        of task: PredictionTask
    ) -> [PromotionVeto] {
        var vetoes: [PromotionVeto] = []
        let recent = path.recentGain
        if let fall = fall.state(of: path) {
            vetoes.append(
                .gainFell(
                    since: path.days[path.days.startIndex + fall.change].start,
                    logEvidence: fall.logEvidence,
                    recent: recent
                )
            )
        } else if let recent, let high = recent.high, high < path.least {
            vetoes.append(.recentGain(recent, least: path.least))
        }
        guard let traffic else { return vetoes }
        if let disagreement = Disagreement(traffic, after: path.days, of: task) {
            let maturity = disagreement.to.advanced(bySeconds: task.horizonSeconds)
            switch disagreement.finding {
            case .moved: vetoes.append(.scoresMoved(disagreement, maturesAt: maturity))
            case .nearlyTheSame: vetoes.append(.nearlyTheSame(disagreement, maturesAt: maturity))
            }
        }
        if let flattening = Flattening(traffic, after: path.days, of: task) {
            let maturity = flattening.to.advanced(bySeconds: task.horizonSeconds)
            vetoes.append(.scoresFlattened(flattening, maturesAt: maturity))
        }
        let last = traffic.last(Disagreement.recentDays)
        let asked = last.reduce(0) { $0 + $1.asked }
        let share = Double(last.reduce(0) { $0 + $1.pairs }) / Double(max(1, asked))
        if let first = last.first, let newest = last.last, asked > 0, share < leastPairs {
            vetoes.append(.fewPairs(share: share, from: first.start, to: newest.end))
        }
        return vetoes
    }
}
