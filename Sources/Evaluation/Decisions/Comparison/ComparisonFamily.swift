import Statistics

/// All shadows of a champion, judged together.
package struct ComparisonFamily: Sendable {
    package static let alpha = 0.05

    private let builders: [ComparisonBuilder]
    private let size: Int

    /// `size` is the number of shadows that the champion has, shown or not: leaving some out of a question does not
    /// make the others easier to promote.
    package init(_ builders: [ComparisonBuilder], size: Int) {
        self.builders = builders
        self.size = max(size, builders.count)
    }

    package func build() -> [Comparison] {
        let steps = HolmSteps(builders.count, family: size, alpha: Self.alpha) { index, alpha in
            builders[index].path(alpha: alpha).verdict == .promote
        }
        let evidence = builders.map { $0.path(alpha: Self.alpha).logEvidenceForShadow }
        // Shadows that are not shown bring no evidence, and are counted.
        let unseen = [Double](repeating: -.infinity, count: size - builders.count)
        let discoveries = eBenjaminiHochberg(logEvidence: evidence + unseen, alpha: Self.alpha)
        return builders.indices.map { index in
            builders[index].build(
                alpha: steps.levels[index],
                family: size,
                isDiscovery: discoveries[index]
            )
        }
    }
}
