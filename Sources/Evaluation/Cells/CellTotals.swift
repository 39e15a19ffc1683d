/// How many whole numbers and how many exact sums the totals of a cell have.
package struct TotalsShape: Sendable, Equatable {
    package let numbers: Int
    package let sums: Int
    /// What became of the numbers of the first format, which knew whole numbers alone, sums in units of 2⁻⁴⁰.
    let firstFormat: [Place]
    /// How many of the numbers and of the sums, the last ones, the formats before the third did not have.
    let added: Added

    struct Added: Sendable, Equatable {
        var numbers = 0
        var sums = 0
    }

    enum Place: Sendable, Equatable {
        case number(Int)
        case sum(Int)
        /// It follows from the others.
        case nowhere
    }

    /// Whole numbers alone.
    init(numbers: Int) {
        self.init(firstFormat: (0..<numbers).map(Place.number))
    }

    /// Whole numbers, and `addedSums` sums that the first format did not have.
    init(numbers: Int, addedSums: Int) {
        firstFormat = (0..<numbers).map(Place.number)
        self.numbers = numbers
        sums = addedSums
        added = Added()
    }

    /// Whether the first format has a place for everything but the sums.
    var keepsFirstFormat: Bool { firstFormat.count == numbers }

    init(firstFormat: [Place], adding added: Added = Added()) {
        self.firstFormat = firstFormat
        self.added = added
        sums = added.sums + firstFormat.count { if case .sum = $0 { true } else { false } }
        numbers = added.numbers + firstFormat.count { if case .number = $0 { true } else { false } }
    }
}

/// The totals of a cell: whole numbers, and sums of values that have no unit in common.
///
/// Both are exact, so that adding and taking back leaves nothing.
package struct CellTotals: Sendable, Equatable {
    package let shape: TotalsShape
    package var numbers: [Int128]
    package var sums: [ExactNumber]

    package init(_ shape: TotalsShape) {
        self.shape = shape
        numbers = Array(repeating: 0, count: shape.numbers)
        sums = Array(repeating: ExactNumber(), count: shape.sums)
    }

    package subscript(number slot: Int) -> Int128 { numbers[slot] }

    package var isZero: Bool {
        numbers.allSatisfy { $0 == 0 } && sums.allSatisfy(\.isZero)
    }

    /// Adds other totals with a `sign` of +1, takes them back with −1.
    package mutating func add(_ other: CellTotals, sign: Int64 = 1) {
        for index in numbers.indices { numbers[index] += Int128(sign) * other.numbers[index] }
        for index in sums.indices { sums[index].add(other.sums[index], sign: sign) }
    }

    /// The first total that differs, in words; `nil` where none does.
    package func difference(from other: CellTotals) -> String? {
        for (slot, (left, right)) in zip(numbers, other.numbers).enumerated() where left != right {
            return "total \(slot) is \(left), the ledger gives \(right)."
        }
        for (slot, (left, right)) in zip(sums, other.sums).enumerated() where left != right {
            return "sum \(slot) is \(Double(left)), the ledger gives \(Double(right)), which is "
                + "\(Double(right - left)) more."
        }
        return nil
    }
}
