/// Sums by group of entities: of each, a number of labelled rows and some sums of whole numbers.
///
/// Empty where the day is the unit of evidence, and where there are no labelled rows.
package struct EntitySums: Sendable, Equatable {
    /// Numbers a group: the rows, then the sums.
    private let width: Int
    private var totals: [Int128] = []

    /// * `sums`: Sums a group beside the number of rows.
    package init(sums: Int) {
        width = 1 + sums
    }

    package var isEmpty: Bool { totals.isEmpty }

    /// Adds a row.
    package mutating func add(_ values: [Int128], group: Int) {
        if isEmpty { totals = Array(repeating: 0, count: EntityGroup.count * width) }
        totals[group * width] += 1
        for (index, value) in values.enumerated() { totals[group * width + 1 + index] += value }
    }

    /// * `isTurned`: Whether the sums are taken with the other sign, as gains of the other side.
    package mutating func add(_ other: EntitySums, isTurned: Bool = false) {
        guard !other.isEmpty else { return }
        if isEmpty { totals = Array(repeating: 0, count: other.totals.count) }
        for index in totals.indices {
            let isSum = !index.isMultiple(of: width)
            totals[index] += isTurned && isSum ? -other.totals[index] : other.totals[index]
        }
    }

    // MARK: - Reading

    /// The labelled rows of each group.
    package var counts: [Double] { column(0).map { Double($0) } }

    /// One of the sums of each group, counted from 0.
    package func sums(_ index: Int) -> [Int128] { column(1 + index) }

    private func column(_ offset: Int) -> [Int128] {
        stride(from: offset, to: totals.count, by: width).map { totals[$0] }
    }

    // MARK: - Bytes

    /// No bytes where it is empty.
    package var bytes: [UInt8] { isEmpty ? [] : CellCoding.encode(totals: totals) }

    package mutating func add(bytes: [UInt8]) throws(CellCodingError) {
        guard !bytes.isEmpty else { return }
        if isEmpty { totals = Array(repeating: 0, count: EntityGroup.count * width) }
        try CellCoding.add(totals: bytes, to: &totals)
    }
}
