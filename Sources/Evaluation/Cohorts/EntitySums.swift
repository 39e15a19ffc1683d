/// Sums by group of entities: of each, a number of labelled rows and some sums.
///
/// Empty where the day is the unit of evidence, and where there are no labelled rows.
package struct EntitySums: Sendable, Equatable {
    /// Sums a group.
    private let width: Int
    /// `nil` while empty.
    private var totals: CellTotals?

    /// - Parameter sums: Sums a group beside the number of rows.
    package init(sums: Int) {
        width = sums
    }

    package var isEmpty: Bool { totals == nil }

    /// The numbers of rows of all groups, then the sums of each group.
    private var shape: TotalsShape {
        TotalsShape(
            firstFormat: (0..<EntityGroup.count).flatMap { group in
                [.number(group)] + (0..<width).map { .sum(group * width + $0) }
            }
        )
    }

    /// Adds a row.
    package mutating func add(_ values: [ExactNumber], group: Int) {
        var totals = totals.take() ?? CellTotals(shape)
        totals.numbers[group] += 1
        for (index, value) in values.enumerated() { totals.sums[group * width + index].add(value) }
        self.totals = totals
    }

    /// Adds other sums; where `isTurned`, with the other sign, as gains of the other side.
    package mutating func add(_ other: EntitySums, isTurned: Bool = false) {
        guard let added = other.totals else { return }
        var totals = totals.take() ?? CellTotals(shape)
        for index in totals.numbers.indices { totals.numbers[index] += added.numbers[index] }
        for index in totals.sums.indices {
            totals.sums[index].add(added.sums[index], sign: isTurned ? -1 : 1)
        }
        self.totals = totals
    }

    /// Adds other sums with a `sign` of +1, takes them back with −1.
    mutating func add(_ other: EntitySums, sign: Int64) {
        guard let added = other.totals else { return }
        var totals = totals.take() ?? CellTotals(shape)
        totals.add(added, sign: sign)
        self.totals = totals
    }

    /// None of the same width.
    var zero: EntitySums { EntitySums(sums: width) }

    var isZero: Bool { totals?.isZero ?? true }

    /// The gains of the other side.
    var turned: EntitySums {
        var turned = zero
        turned.add(self, isTurned: true)
        return turned
    }

    // MARK: - Reading

    /// The labelled rows of each group.
    package var counts: [Double] { totals?.numbers.map { Double($0) } ?? [] }

    /// One of the sums of each group, counted from 0.
    package func sums(_ index: Int) -> [ExactNumber] {
        guard let totals else { return [] }
        return stride(from: index, to: totals.sums.count, by: width).map { totals.sums[$0] }
    }

    // MARK: - Bytes

    /// No bytes where it is empty.
    package var bytes: [UInt8] { totals.map { CellCoding.encode(totals: $0) } ?? [] }

    package mutating func add(bytes: [UInt8]) throws(CellCodingError) {
        guard !bytes.isEmpty else { return }
        var totals = totals ?? CellTotals(shape)
        try CellCoding.add(totals: bytes, to: &totals)
        self.totals = totals
    }
}
