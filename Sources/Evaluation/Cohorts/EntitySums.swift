/// What is summed of the rows of a group of entities.
package enum EntitySum: Sendable, Equatable {
    case loss
    case squaredLoss
    /// loss(first) − loss(second) of two models.
    case gain(PairedLoss)
}

/// Sums by group of entities: of each, a number of labelled rows and some sums.
///
/// Empty where no request names its entity, and where there are no labelled rows.
package struct EntitySums: Sendable, Equatable {
    /// What is summed of a group's rows, in the order of the bytes.
    private let kept: [EntitySum]
    /// `nil` while empty.
    private var totals: CellTotals?

    private init(_ kept: [EntitySum]) {
        self.kept = kept
    }

    /// No rows of a model.
    package static let losses = EntitySums([.loss, .squaredLoss])

    /// No pairs of two models, whose gains are to be summed.
    package static func gains(of losses: [PairedLoss]) -> EntitySums {
        EntitySums(losses.map { .gain($0) })
    }

    private var width: Int { kept.count }

    package var isEmpty: Bool { totals == nil }

    /// The numbers of rows of all groups, then the sums of each group.
    private var shape: TotalsShape {
        TotalsShape(
            firstFormat: (0..<EntityGroup.count).flatMap { group in
                [.number(group)] + (0..<width).map { .sum(group * width + $0) }
            }
        )
    }

    /// Adds a row of a model.
    mutating func add(loss: ExactNumber, squared: ExactNumber, group: Int) {
        addRow(group) { sum in
            switch sum {
            case .loss: loss
            case .squaredLoss: squared
            case .gain: ExactNumber()
            }
        }
    }

    /// Adds a pair of two models.
    package mutating func add(_ gains: PairGains, group: Int) {
        addRow(group) { sum in
            switch sum {
            case .loss, .squaredLoss: ExactNumber()
            case .gain(let loss): gains[loss]
            }
        }
    }

    private mutating func addRow(_ group: Int, _ value: (EntitySum) -> ExactNumber) {
        var totals = totals.take() ?? CellTotals(shape)
        totals.numbers[group] += 1
        for (index, sum) in kept.enumerated() {
            totals.sums[group * width + index].add(value(sum))
        }
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

    /// The gains of the other side.
    var turned: EntitySums {
        var turned = EntitySums(kept)
        turned.add(self, isTurned: true)
        return turned
    }

    // MARK: - Reading

    /// The labelled rows of each group.
    package var counts: [Double] { totals?.numbers.map { Double($0) } ?? [] }

    /// One of the sums of each group; none where it is not kept.
    package func sums(_ sum: EntitySum) -> [ExactNumber] {
        guard let totals, let index = kept.firstIndex(of: sum) else { return [] }
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
