/// Rows of a quantity with their sum and the sum of their squares.
package struct ExactMoments: Sendable, Equatable {
    package var count = 0
    package var sum = ExactNumber()
    package var squares = ExactNumber()

    package init() {}

    package init(count: Int, sum: ExactNumber, squares: ExactNumber) {
        self.count = count
        self.sum = sum
        self.squares = squares
    }

    package mutating func add(_ other: ExactMoments) {
        count += other.count
        sum.add(other.sum)
        squares.add(other.squares)
    }

    /// n Σx² − (Σx)², exactly: n times the sum of squared distances from the mean.
    package var spread: ExactNumber { squares * count - sum * sum }

    /// Σ(x − x̄)²; 0 where all values are the same.
    package var squaredDistances: Double {
        count > 0 ? max(0, Double(spread)) / Double(count) : 0
    }

    /// The same rows, each less a number.
    package func centred(at centre: Double) -> (sum: Double, squares: Double) {
        let centre = ExactNumber(centre)
        let sum = sum - centre * count
        // Σ(x − c)² = Σx² − c (2Σx − nc).
        let squares = squares - centre * (self.sum * 2 - centre * count)
        return (Double(sum), max(0, Double(squares)))
    }

    package var mean: Double { Double(sum) / Double(max(1, count)) }
}
