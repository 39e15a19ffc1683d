package import Statistics

/// The sum of a quantity by block of evidence, and what the blocks tell of its mean.
package struct ExactBlocks: Sendable {
    private var counts: [Int] = []
    private var sums: [ExactNumber] = []

    package init() {}

    /// Adds a block; one without rows tells nothing.
    package mutating func add(count: Int, sum: ExactNumber) {
        guard count > 0 else { return }
        counts.append(count)
        sums.append(sum)
    }

    /// The blocks with rows.
    package var count: Int { counts.count }

    /// The mean with the ratio standard error of blocks; `nil` without blocks.
    ///
    ///     m = S/N     e_d = S_d − m n_d     SE² = Σ e_d² D/((D − 1) N²)
    ///
    /// Each N·e_d is a difference of exact numbers, so that a large mean hides no small scatter, and blocks of the
    /// same mean have an error of exactly 0.
    package var mean: MeanEstimate? {
        guard !counts.isEmpty else { return nil }
        let rows = counts.reduce(0, +)
        let total = sums.reduce(ExactNumber(), +)
        let mean = Double(total) / Double(rows)
        let blocks = Double(counts.count)
        guard counts.count > 1 else {
            return MeanEstimate(mean: mean, standardError: nil, degreesOfFreedom: 0)
        }
        let residuals = zip(counts, sums).map { count, sum in
            Double(sum * rows - total * count) / Double(rows)
        }
        // Squares of the largest alone would leave the range of doubles where values are tiny.
        let largest = residuals.reduce(0) { max($0, abs($1)) }
        var squares = 0.0
        for residual in residuals where largest > 0 {
            squares += (residual / largest) * (residual / largest)
        }
        let error = largest / Double(rows) * (squares * blocks / (blocks - 1)).squareRoot()
        return MeanEstimate(
            mean: mean,
            standardError: error,
            degreesOfFreedom: counts.count - 1
        )
    }
}
