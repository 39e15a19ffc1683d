import Statistics

/// How a shadow stands against the champion, as far as a recommendation needs to know.
struct ShadowStanding: Sendable, Equatable {
    var shadow: String
    var mean: Double
    var low: Double
    var high: Double
    var isBetter: Bool
    /// Whether the gain is surely as large as the rise of the risk that the task tolerates.
    var isLarge: Bool
    var decidedAt: Instant?

    /// Standings of all shadows with a sequence, the best first, judged together.
    static func all(
        _ builders: [ComparisonBuilder],
        family: Int,
        asOf: Instant
    ) -> [ShadowStanding] {
        let known = builders.map { builder in
            var builder = builder
            builder.gainDays = builder.gainDays.filter { $0.knownAt <= asOf }
            return builder
        }
        let steps = HolmSteps(known.count, family: family, alpha: ComparisonFamily.alpha) {
            known[$0].path(alpha: $1).verdict == .promote
        }
        return known.indices.compactMap { index -> ShadowStanding? in
            let path = known[index].path(alpha: steps.levels[index])
            guard let point = path.points.last, let interval = point.interval else { return nil }
            let matters = known[index].interestingGain(path)
            return ShadowStanding(
                shadow: known[index].shadow,
                mean: point.mean,
                low: interval.low,
                high: interval.high,
                isBetter: path.verdict == .promote,
                isLarge: matters.map { interval.low > $0 } ?? false,
                decidedAt: path.decidedAt
            )
        }
        .sorted { ($0.isBetter ? 1 : 0, $0.mean) > ($1.isBetter ? 1 : 0, $1.mean) }
    }
}
