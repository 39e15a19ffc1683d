import Statistics

/// All shadows of a champion, judged together.
package struct ComparisonFamily: Sendable {
    package static let alpha = 0.05

    private let builders: [ComparisonBuilder]
    private let size: Int
    private let alpha: Double

    /// - Parameters:
    ///   - builders: Of the shadows that are shown.
    ///   - size: The number of shadows that the champion has, shown or not: leaving some out of a question does not make the
    ///     others easier to promote.
    ///   - errorShare: What restatements of the ledger have left of the probability of an error.
    package init(_ builders: [ComparisonBuilder], size: Int, errorShare: Double = 1) {
        self.builders = builders
        self.size = max(size, builders.count)
        alpha = Self.alpha * errorShare
    }

    package func build() -> [Comparison] {
        let steps = HolmSteps(builders.count, family: size, alpha: alpha) { index, alpha in
            builders[index].path(alpha: alpha).verdict == .promote
        }
        let evidence = builders.map { $0.path(alpha: alpha).logEvidenceForShadow }
        // Shadows that are not shown bring no evidence, and are counted.
        let unseen = [Double](repeating: -.infinity, count: size - builders.count)
        let discoveries = eBenjaminiHochberg(logEvidence: evidence + unseen, alpha: alpha)
        return builders.indices.map { index in
            builders[index].build(
                alpha: steps.levels[index],
                family: size,
                isDiscovery: discoveries[index]
            )
        }
    }
}
