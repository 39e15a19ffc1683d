/// The mean of a quantity over the last blocks up to each, weighted by rows: what the line of a noisy chart shows.
enum MovingMean {
    /// Blocks over which the line is the mean.
    static let blocks = 14

    /// - Parameters:
    ///   - sums: Of the quantity over the rows of each block.
    ///   - rows: How many these are.
    /// - Returns: A mean for each block.
    static func values(sums: [Double], rows: [Double]) -> [Double] {
        sums.indices.map { index in
            let last = max(0, index + 1 - blocks)...index
            return sums[last].reduce(0, +) / max(1, rows[last].reduce(0, +))
        }
    }
}
