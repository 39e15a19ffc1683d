import Statistics

/// All shadows of a champion, judged together at any instant.
///
/// A shadow's interval depends on all of them, whichever a question names.
package struct ShadowStandings: Sendable {
    /// Of every shadow.
    let builders: [ComparisonBuilder]
    let alpha: Double
    /// For each shadow its sequence at each level that Holm's steps can come to.
    private let paths: [[GainPath]]
    private let falls: [GainFall]

    /// - Parameters:
    ///   - builders: Of all shadows of the champion.
    ///   - errorShare: What restatements of the ledger have left of the probability of an error.
    package init(_ builders: [ComparisonBuilder], errorShare: Double = 1) {
        let alpha = ComparisonFamily.alpha * errorShare
        self.alpha = alpha
        self.builders = builders
        paths = builders.map { builder in
            let first = builder.path(alpha: HolmSteps.level(builders.count, of: alpha))
            return [first]
                + builders.indices.dropFirst().map {
                    first.at(alpha: HolmSteps.level(builders.count - $0, of: alpha))
                }
        }
        falls = paths.map { GainFall($0[0]) }
    }

    /// The sequences of the shadows as of an instant, at the levels that Holm's steps leave them.
    private func paths(asOf: Instant) -> [GainPath] {
        let steps = HolmSteps(builders.count, alpha: alpha) {
            path($0, $1, asOf).verdict == .promote
        }
        return builders.indices.map { path($0, steps.levels[$0], asOf) }
    }

    /// How each shadow stands as of an instant, and the sequence that says so.
    ///
    /// - Parameters:
    ///   - asOf: What had matured by then counts.
    ///   - traffic: What the champion and each shadow predicted; nothing is read from later days.
    /// - Returns: One for each builder.
    func judged(
        asOf: Instant,
        traffic: [Name: ShadowTraffic]
    ) -> [(path: GainPath, standing: ShadowStanding)] {
        paths(asOf: asOf).enumerated().map { index, path in
            let standing = ShadowStanding(
                builders[index],
                path,
                falls[index],
                traffic[builders[index].shadow]?.known(by: asOf)
            )
            return (path, standing)
        }
    }

    /// How each shadow stands as of an instant; as `judged`.
    package func standings(asOf: Instant, traffic: [Name: ShadowTraffic]) -> [ShadowStanding] {
        judged(asOf: asOf, traffic: traffic).map(\.standing)
    }

    private func path(_ index: Int, _ alpha: Double, _ asOf: Instant) -> GainPath {
        let path =
            paths[index].first { $0.test.alpha == alpha } ?? builders[index].path(alpha: alpha)
        return path.known(by: asOf)
    }
}
