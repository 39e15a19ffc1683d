/// What one pair of predictions adds to its paired cells.
enum PairContribution {
    case binary(BinaryPairContribution)
    /// The absolute errors; `nil` without a label.
    case regression((first: Double, second: Double)?)

    init(_ one: BinaryLosses, _ two: BinaryLosses, isLabelled: Bool) {
        self = .binary(BinaryPairContribution(one, two, isLabelled: isLabelled))
    }

    init(values first: Double, _ second: Double, label: Double?) {
        self = .regression(label.map { (abs(first - $0), abs(second - $0)) })
    }
}

struct BinaryPairContribution {
    let countSlot: Int
    /// The slot of the first amount; the others follow it.
    let firstAmountSlot: Int
    let amounts: (Int128, Int128, Int128, Int128, Int128, Int128)

    init(_ one: BinaryLosses, _ two: BinaryLosses, isLabelled: Bool) {
        let decision: BinaryPairTotal =
            switch (one.isRight, two.isRight) {
            case (true, true): .bothRight
            case (true, false): .firstRightOnly
            case (false, true): .secondRightOnly
            case (false, false): .bothWrong
            }
        let brierGain = FixedPoint.value(ofLossSum: one.brier - two.brier)
        let logGain = FixedPoint.value(ofLossSum: one.logLoss - two.logLoss)
        countSlot = decision.slot(labelled: isLabelled)
        firstAmountSlot = BinaryPairTotal.brierFirst.slot(labelled: isLabelled)
        amounts = (
            one.brier, two.brier, FixedPoint.loss(brierGain * brierGain),
            one.logLoss, two.logLoss, FixedPoint.loss(logGain * logGain)
        )
    }
}

extension PairCell {
    mutating func add(_ pair: PairContribution, sign: Int64) {
        switch pair {
        case .binary(let pair): add(pair, sign: sign)
        case .regression(let errors?): add(errors, sign: sign)
        case .regression(nil):
            totals.numbers[RegressionPairTotal.unlabelled.rawValue] += Int128(sign)
        }
    }

    private mutating func add(_ pair: BinaryPairContribution, sign: Int64) {
        let wide = Int128(sign)
        totals.numbers[pair.countSlot] += wide
        let first = pair.firstAmountSlot
        totals.numbers[first] += wide * pair.amounts.0
        totals.numbers[first + 1] += wide * pair.amounts.1
        totals.numbers[first + 2] += wide * pair.amounts.2
        totals.numbers[first + 3] += wide * pair.amounts.3
        totals.numbers[first + 4] += wide * pair.amounts.4
        totals.numbers[first + 5] += wide * pair.amounts.5
    }

    private mutating func add(_ errors: (first: Double, second: Double), sign: Int64) {
        totals.numbers[RegressionPairTotal.labelled.rawValue] += Int128(sign)
        func slot(_ sum: RegressionPairSum) -> Int { sum.rawValue }
        totals.sums[slot(.absoluteErrorFirst)].add(errors.first, sign: sign)
        totals.sums[slot(.absoluteErrorSecond)].add(errors.second, sign: sign)
        totals.sums[slot(.absoluteErrorGainSquared)]
            .addSquare(of: errors.first - errors.second, sign: sign)
        totals.sums[slot(.squaredErrorFirst)].addSquare(of: errors.first, sign: sign)
        totals.sums[slot(.squaredErrorSecond)].addSquare(of: errors.second, sign: sign)
    }
}
