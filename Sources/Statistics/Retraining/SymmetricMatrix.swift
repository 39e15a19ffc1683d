/// A symmetric matrix, its lower triangle row by row.
struct SymmetricMatrix {
    let width: Int
    private var values: [Double]

    init(width: Int) {
        self.width = width
        values = [Double](repeating: 0, count: width * (width + 1) / 2)
    }

    private static func start(of row: Int) -> Int { row * (row + 1) / 2 }

    /// Adds a multiple of sparse values to the columns of a row, none of them right of the diagonal.
    mutating func add(
        row: Int,
        _ factor: Double,
        columns: ArraySlice<Int32>,
        values addends: ArraySlice<Double>
    ) {
        let start = Self.start(of: row)
        for entry in columns.indices {
            values[start + Int(columns[entry])] += factor * addends[entry]
        }
    }

    mutating func addToDiagonal(_ value: Double) {
        for row in 0..<width { values[Self.start(of: row) + row] += value }
    }

    /// Solves Ax = b by Cholesky's decomposition A = LLᵀ, which takes the place of A.
    ///
    /// - Parameters:
    ///   - right: b.
    ///   - leastEigenvalue: What no eigenvalue of A lies below. No squared pivot lies below it either, but by rounding, so
    ///     that the decomposition cannot fail.
    /// - Returns: x.
    /// - Complexity: O(width³/6) multiplications.
    consuming func solve(_ right: [Double], leastEigenvalue: Double) -> [Double] {
        for row in 0..<width {
            let start = Self.start(of: row)
            for column in 0..<row {
                let other = Self.start(of: column)
                let rest = values[start + column] - dot(start, other, column)
                values[start + column] = rest / values[other + column]
            }
            let rest = values[start + row] - dot(start, start, row)
            values[start + row] = max(rest, leastEigenvalue).squareRoot()
        }
        var solution = right
        for row in 0..<width {
            let start = Self.start(of: row)
            for column in 0..<row { solution[row] -= values[start + column] * solution[column] }
            solution[row] /= values[start + row]
        }
        for row in (0..<width).reversed() {
            let start = Self.start(of: row)
            solution[row] /= values[start + row]
            for column in 0..<row { solution[column] -= values[start + column] * solution[row] }
        }
        return solution
    }

    /// The sum of products of as many values from two places on, in four sums side by side.
    private func dot(_ one: Int, _ other: Int, _ count: Int) -> Double {
        var sums = SIMD4<Double>.zero
        var index = 0
        while index + 4 <= count {
            let (i, j) = (one + index, other + index)
            let left = SIMD4<Double>(values[i], values[i + 1], values[i + 2], values[i + 3])
            let right = SIMD4<Double>(values[j], values[j + 1], values[j + 2], values[j + 3])
            sums += left * right
            index += 4
        }
        var sum = sums.sum()
        while index < count {
            sum += values[one + index] * values[other + index]
            index += 1
        }
        return sum
    }
}
