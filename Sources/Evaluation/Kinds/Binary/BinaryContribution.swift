/// What one binary prediction adds to its cells.
struct BinaryContribution: Sendable {
    let group: BinaryGroup
    let losses: BinaryLosses
}

/// What one pair of binary predictions adds to its paired cells.
struct BinaryPairContribution: Sendable {
    let countSlot: Int
    /// The slot of the first amount; the others follow it.
    let firstAmountSlot: Int
    let amounts: (Int128, Int128, Int128, Int128, Int128, Int128)
    let squaredDistance: Int128

    init(_ first: BinaryContribution, _ second: BinaryContribution) {
        let isLabelled = first.group != .unlabelled
        let (one, two) = (first.losses, second.losses)
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
        let distance = one.score - two.score
        squaredDistance = Int128(distance * distance)
    }
}

extension ModelCell {
    mutating func add(_ contribution: BinaryContribution, isFine: Bool, sign: Int64) {
        let (group, losses) = (contribution.group, contribution.losses)
        let wide = Int128(sign)
        totals.numbers[BinaryTotal.count.slot(group)] += wide
        if losses.isPredictedPositive {
            totals.numbers[BinaryTotal.predictedPositive.slot(group)] += wide
        }
        totals.numbers[BinaryTotal.brier.slot(group)] += wide * losses.brier
        totals.numbers[BinaryTotal.brierSquared.slot(group)] += wide * losses.brierSquared
        totals.numbers[BinaryTotal.logLoss.slot(group)] += wide * losses.logLoss
        totals.numbers[BinaryTotal.logLossSquared.slot(group)] += wide * losses.logLossSquared
        if losses.isClipped { totals.numbers[BinaryTotal.clipped.slot(group)] += wide }
        let edges = isFine ? ScoreEdges.fine : ScoreEdges.coarse
        let slot = 2 * (group.rawValue * edges.count + edges.bin(losses.score))
        histogram.add(sign, at: slot)
        histogram.add(sign * losses.score, at: slot + 1)
    }
}

extension PairCell {
    mutating func add(_ pair: BinaryPairContribution, sign: Int64) {
        let wide = Int128(sign)
        totals.numbers[pair.countSlot] += wide
        let first = pair.firstAmountSlot
        totals.numbers[first] += wide * pair.amounts.0
        totals.numbers[first + 1] += wide * pair.amounts.1
        totals.numbers[first + 2] += wide * pair.amounts.2
        totals.numbers[first + 3] += wide * pair.amounts.3
        totals.numbers[first + 4] += wide * pair.amounts.4
        totals.numbers[first + 5] += wide * pair.amounts.5
        totals.numbers[BinaryPairDistance.pairs.slot] += wide
        totals.numbers[BinaryPairDistance.squared.slot] += wide * pair.squaredDistance
    }
}
