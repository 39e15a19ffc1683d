extension BinaryScoring {
    var losses: [PairedLoss] { [.brier, .logLoss, .decision] }

    func gains(
        first: Double,
        second: Double,
        label: Double,
        of task: PredictionTask
    ) -> PairGains {
        let isPositive = task.isPositive(label)
        let (one, two) = (
            BinaryLosses(
                probability: first,
                isPositive: isPositive,
                threshold: task.threshold
            ),
            BinaryLosses(
                probability: second,
                isPositive: isPositive,
                threshold: task.threshold
            )
        )
        let unit = FixedPoint.loss(1)
        let decision = (one.isRight ? 0 : unit) - (two.isRight ? 0 : unit)
        return PairGains([
            (.brier, FixedPoint.exact(lossSum: one.brier - two.brier)),
            (.logLoss, FixedPoint.exact(lossSum: one.logLoss - two.logLoss)),
            (.decision, FixedPoint.exact(lossSum: decision)),
        ])
    }

    func addEvidence(
        first: Double,
        second: Double,
        label: Double,
        of task: PredictionTask,
        to evidence: inout GainEvidence
    ) {
        evidence.addBinary(
            first: first,
            second: second,
            isPositive: task.isPositive(label),
            threshold: task.threshold
        )
    }

    private static let sides: [(BinaryPairTotal, BinaryPairTotal)] = [
        (.firstRightOnly, .secondRightOnly), (.brierFirst, .brierSecond),
        (.logLossFirst, .logLossSecond),
    ]

    func turn(_ totals: inout CellTotals) {
        for isLabelled in [false, true] {
            for (one, other) in Self.sides {
                totals.numbers.swapAt(
                    one.slot(labelled: isLabelled),
                    other.slot(labelled: isLabelled)
                )
            }
        }
    }

    func add(
        _ cell: PairCell,
        to sums: inout PairSums,
        championIsFirst: Bool,
        impliesNegatives: Bool
    ) {
        let (labelled, unlabelled) = (
            BinaryPairs(cell, labelled: true), BinaryPairs(cell, labelled: false)
        )
        sums.differing += labelled.differing + unlabelled.differing
        sums.distance.add(PairDistance(binary: cell.totals))
        labelled.add(to: &sums, championIsFirst)
        if impliesNegatives {
            unlabelled.add(to: &sums, championIsFirst)
        } else {
            sums.unlabelledPairs += unlabelled.count
        }
    }
}

/// The labelled or the unlabelled pairs of a binary cell.
private struct BinaryPairs {
    private let totals: CellTotals
    private let isLabelled: Bool

    init(_ cell: PairCell, labelled: Bool) {
        totals = cell.totals
        isLabelled = labelled
    }

    private func number(_ total: BinaryPairTotal) -> Int128 {
        totals.numbers[total.slot(labelled: isLabelled)]
    }

    private func count(_ total: BinaryPairTotal) -> Int { Int(number(total)) }

    private func sum(_ total: BinaryPairTotal) -> ExactNumber {
        FixedPoint.exact(lossSum: number(total))
    }

    var count: Int { differing + count(.bothRight) + count(.bothWrong) }

    /// Whatever the label is, models that decide differently are not both right.
    var differing: Int { count(.firstRightOnly) + count(.secondRightOnly) }

    func add(to sums: inout PairSums, _ championIsFirst: Bool) {
        sums.pairs += count
        sums.bothRight += count(.bothRight)
        sums.bothWrong += count(.bothWrong)
        sums.championRightOnly += count(championIsFirst ? .firstRightOnly : .secondRightOnly)
        sums.shadowRightOnly += count(championIsFirst ? .secondRightOnly : .firstRightOnly)
        sums.add(.brier, sum(.brierFirst), sum(.brierSecond), championIsFirst)
        sums.add(.logLoss, sum(.logLossFirst), sum(.logLossSecond), championIsFirst)
        sums.addSquares(.brier, sum(.brierGainSquared))
        sums.addSquares(.logLoss, sum(.logLossGainSquared))
    }
}

extension PairDistance {
    fileprivate init(binary totals: CellTotals) {
        let unit = Double(FixedPoint.scoreUnits)
        self.init(
            pairs: Int(totals.numbers[BinaryPairDistance.pairs.slot]),
            sum: ExactNumber(Double(totals.numbers[BinaryPairDistance.squared.slot]) / unit / unit)
        )
    }
}
