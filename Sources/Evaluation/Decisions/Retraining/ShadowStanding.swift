import Statistics

/// How a shadow stands against the champion, as far as a recommendation needs to know.
struct ShadowStanding: Sendable, Equatable {
    var shadow: Name
    var mean: Double
    var low: Double
    var high: Double
    var isBetter: Bool
    /// Whether the gain is surely as large as the rise of the risk that the task tolerates.
    var isLarge: Bool
    var decidedAt: Instant?
}

/// The sequences of all shadows of a champion, judged together at any instant.
struct ShadowStandings: Sendable {
    private let builders: [ComparisonBuilder]
    private let family: Int
    private let alpha: Double
    /// For each shadow its sequence at each level that Holm's steps can come to.
    private let paths: [[GainPath]]

    /// - Parameters:
    ///   - builders: Of the shadows that are shown.
    ///   - family: The number of all shadows of the champion, shown or not.
    ///   - errorShare: What restatements of the ledger have left of the probability of an error.
    init(_ builders: [ComparisonBuilder], family: Int, errorShare: Double = 1) {
        let size = max(family, builders.count, 1)
        let alpha = ComparisonFamily.alpha * errorShare
        self.alpha = alpha
        self.builders = builders
        self.family = size
        paths = builders.map { builder in
            let first = builder.path(alpha: HolmSteps.level(size, of: alpha))
            return [first]
                + builders.indices.dropFirst().map {
                    first.at(alpha: HolmSteps.level(size - $0, of: alpha))
                }
        }
    }

    /// Those with a sequence, the best first, as of an instant.
    func standings(asOf: Instant) -> [ShadowStanding] {
        let steps = HolmSteps(builders.count, family: family, alpha: alpha) {
            path($0, $1, asOf).verdict == .promote
        }
        return builders.indices.compactMap { index -> ShadowStanding? in
            let path = path(index, steps.levels[index], asOf)
            guard let point = path.points.last, let interval = point.interval else { return nil }
            let matters = builders[index].interestingGain(path)
            return ShadowStanding(
                shadow: builders[index].shadow,
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

    private func path(_ index: Int, _ alpha: Double, _ asOf: Instant) -> GainPath {
        let path =
            paths[index].first { $0.test.alpha == alpha } ?? builders[index].path(alpha: alpha)
        return path.known(by: asOf)
    }
}
