/// Running sums for the mean of a ratio and the scatter of its residuals.
struct RatioMoments: Sendable, Hashable {
    /// A value near the mean, taken off first so that squares do not cancel; that of the first block.
    private var origin = 0.0
    private(set) var blockCount = 0
    private(set) var rows = 0.0
    private var total = 0.0
    private var squares = 0.0
    private var cross = 0.0
    private var countSquares = 0.0

    /// - Parameters:
    ///   - count: Rows of the block, above 0.
    ///   - sum: The sum of the quantity over them.
    mutating func add(count: Double, sum: Double) {
        if blockCount == 0 { origin = sum / count }
        let centred = sum - origin * count
        blockCount += 1
        rows += count
        total += centred
        squares += centred * centred
        cross += centred * count
        countSquares += count * count
    }

    /// μ̂ = ΣS/Σn.
    var mean: Double { origin + total / rows }

    /// n̄, the rows of a block in the mean.
    var meanRows: Double { rows / Double(blockCount) }

    /// Σ(S − μ̂n)² over the blocks.
    var squaredResiduals: Double {
        let shift = total / rows
        let sum = squares - shift * (2 * cross - shift * countSquares)
        // Dust of rounding counts as no variance at all.
        return sum > 1e-13 * squares ? sum : 0
    }

    /// The mean of ((S − μ̂n)/n̄)² over the blocks.
    var variance: Double { squaredResiduals / Double(blockCount) / meanRows / meanRows }
}
