import Statistics

/// All shadows of a champion, judged together.
package struct ComparisonFamily: Sendable {
    /// What all verdicts together may err.
    package static let alpha = 0.05

    private let standings: ShadowStandings
    private let traffic: [Name: ShadowTraffic]

    /// - Parameters:
    ///   - builders: Of all shadows that the champion has, shown or not: leaving some out of a question does not make the
    ///     others easier to promote.
    ///   - traffic: What the champion and each shadow predicted.
    ///   - errorShare: What restatements of the ledger have left of the probability of an error.
    package init(
        _ builders: [ComparisonBuilder],
        traffic: [Name: ShadowTraffic],
        errorShare: Double = 1
    ) {
        standings = ShadowStandings(builders, errorShare: errorShare)
        self.traffic = traffic
    }

    /// The comparisons with some of the shadows, in the order of the names.
    ///
    /// - Parameters:
    ///   - shown: Their names.
    ///   - asOf: What had matured by then counts.
    /// - Returns: One for each name that there is a builder of.
    package func comparisons(_ shown: [Name], asOf: Instant) -> [Comparison] {
        let builders = standings.builders
        let judged = standings.judged(asOf: asOf, traffic: traffic)
        let discoveries = eBenjaminiHochberg(
            logEvidence: judged.map(\.path.logEvidenceForShadow),
            alpha: standings.alpha
        )
        return shown.compactMap { name in
            builders.firstIndex { $0.shadow == name }.map { index in
                builders[index].build(
                    judged[index].path,
                    judged[index].standing,
                    asOf: asOf,
                    family: builders.count,
                    isDiscovery: discoveries[index]
                )
            }
        }
    }
}
