/// A matrix of which each row is 0 in most columns, kept row by row.
struct SparseRows {
    let width: Int
    private var columns: [Int32] = []
    private var values: [Double] = []
    /// Where each row ends, after a 0.
    private var ends = [0]

    init(width: Int) { self.width = width }

    /// Adds an entry to the row that is not yet ended, in ascending order of columns.
    mutating func append(column: Int, _ value: Double) {
        columns.append(Int32(column))
        values.append(value)
    }

    mutating func endRow() { ends.append(values.count) }

    var count: Int { ends.count - 1 }

    /// Xβ.
    func product(_ coefficients: [Double]) -> [Double] {
        (0..<count).map { row in
            var sum = 0.0
            for entry in ends[row]..<ends[row + 1] {
                sum += values[entry] * coefficients[Int(columns[entry])]
            }
            return sum
        }
    }

    /// Xᵀr.
    func transposedProduct(_ weights: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: width)
        for row in 0..<count {
            for entry in ends[row]..<ends[row + 1] {
                sums[Int(columns[entry])] += values[entry] * weights[row]
            }
        }
        return sums
    }

    /// XᵀWX with the weights on the diagonal of W.
    func gram(_ weights: [Double]) -> SymmetricMatrix {
        var gram = SymmetricMatrix(width: width)
        for row in 0..<count {
            let entries = ends[row]..<ends[row + 1]
            for entry in entries {
                gram.add(
                    row: Int(columns[entry]),
                    weights[row] * values[entry],
                    columns: columns[entries.lowerBound...entry],
                    values: values[entries.lowerBound...entry]
                )
            }
        }
        return gram
    }
}
