import Statistics

/// How a shadow stands against the champion: what `compare` and `recommend` both say of it.
package struct ShadowStanding: Sendable, Equatable {
    package var shadow: Name
    /// What holds: the sequence's verdict, unless something speaks against it.
    package var verdict: ComparisonVerdict
    /// What the gain over all days says by itself.
    package var sequenceVerdict: ComparisonVerdict
    /// What speaks against acting on it; none where it does not ask for the shadow.
    package var vetoes: [PromotionVeto]
    package var mean: Double
    /// `nil` while there is no interval.
    package var low: Double?
    package var high: Double?
    /// How the gain compares with the rise of the risk that the task tolerates; `nil` while there is no interval.
    package var size: GainSize?
    /// When the sequence first said what it says.
    package var decidedAt: Instant?
    /// What the last matured days say, where the mean over all days does not speak of them.
    package var recentlyUnlike: String?
    /// Whether it gave the champion's scores in all matured pairs.
    package var isCopy: Bool
    /// That the unit of evidence claims too much; `nil` where it does not.
    package var doubt: String?

    package var isBetter: Bool { verdict == .promote }
    /// Whether the gain is surely large enough to matter.
    package var isLarge: Bool { size == .large }

    /// - Parameters:
    ///   - builder: Of the comparison.
    ///   - path: What had matured.
    ///   - fall: Over the same days.
    ///   - traffic: Of the days that were over; `nil` where it is not known.
    init(
        _ builder: ComparisonBuilder,
        _ path: GainPath,
        _ fall: GainFall,
        _ traffic: ShadowTraffic?
    ) {
        shadow = builder.shadow
        let verdict = path.verdict
        sequenceVerdict = verdict
        let isAsked = [.promote, .nonInferior].contains(verdict)
        vetoes = isAsked ? PromotionVeto.all(path, fall, traffic, of: builder.task) : []
        self.verdict = vetoes.isEmpty ? verdict : .undecided
        let point = path.points.last
        mean = point?.mean ?? 0
        (low, high) = (point?.interval?.low, point?.interval?.high)
        size = builder.interestingGain(path).flatMap { matters in
            point?.interval.map { GainSize($0, matters: matters) }
        }
        decidedAt = path.decidedAt
        recentlyUnlike = path.recentlyUnlike
        isCopy = path.isIdentical
        doubt = path.repeatedEntities
    }
}
