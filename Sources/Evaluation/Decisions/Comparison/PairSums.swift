/// The paired cells of one champion and one shadow, seen from the champion: a gain is positive when the
/// shadow is better.
package struct PairSums: Sendable, Equatable {
    package let kind: TaskKind
    package private(set) var pairs = 0
    package private(set) var unlabelledPairs = 0
    package private(set) var bothRight = 0
    package private(set) var championRightOnly = 0
    package private(set) var shadowRightOnly = 0
    package private(set) var bothWrong = 0
    private var differing = 0
    private var losses: [PairedLoss: (champion: Int128, shadow: Int128)] = [:]
    private var gainSquares: [PairedLoss: Int128] = [:]

    package init(kind: TaskKind) {
        self.kind = kind
    }

    package static func == (left: PairSums, right: PairSums) -> Bool {
        left.kind == right.kind && left.pairs == right.pairs
            && PairedLoss.allCases.allSatisfy { loss in
                left.sum(loss).champion == right.sum(loss).champion
                    && left.sum(loss).shadow == right.sum(loss).shadow
            }
    }

    /// * `championIsFirst`: Which side of the cell the champion is.
    /// * `impliesNegatives`: Whether unlabelled pairs count as negatives (rule T9).
    package mutating func add(_ cell: PairCell, championIsFirst: Bool, impliesNegatives: Bool) {
        switch kind {
        case .binary, .multiclass:
            differing += Self.differing(cell)
            addBinary(cell, labelled: true, championIsFirst)
            if impliesNegatives {
                addBinary(cell, labelled: false, championIsFirst)
            } else {
                unlabelledPairs += Self.binaryCount(cell, labelled: false)
            }
        case .regression:
            pairs += Int(cell.totals[RegressionPairTotal.labelled.rawValue])
            unlabelledPairs += Int(cell.totals[RegressionPairTotal.unlabelled.rawValue])
            add(
                .absoluteError,
                cell,
                RegressionPairTotal.absoluteErrorFirst.rawValue,
                RegressionPairTotal.absoluteErrorSecond.rawValue,
                championIsFirst
            )
            gainSquares[.absoluteError, default: 0] +=
                cell.totals[RegressionPairTotal.absoluteErrorGainSquared.rawValue]
            add(
                .squaredError,
                cell,
                RegressionPairTotal.squaredErrorFirst.rawValue,
                RegressionPairTotal.squaredErrorSecond.rawValue,
                championIsFirst
            )
        }
    }

    private mutating func addBinary(_ cell: PairCell, labelled: Bool, _ championIsFirst: Bool) {
        func count(_ total: BinaryPairTotal) -> Int {
            Int(cell.totals[total.slot(labelled: labelled)])
        }
        pairs += Self.binaryCount(cell, labelled: labelled)
        bothRight += count(.bothRight)
        bothWrong += count(.bothWrong)
        championRightOnly += count(championIsFirst ? .firstRightOnly : .secondRightOnly)
        shadowRightOnly += count(championIsFirst ? .secondRightOnly : .firstRightOnly)
        add(
            .brier,
            cell,
            BinaryPairTotal.brierFirst.slot(labelled: labelled),
            BinaryPairTotal.brierSecond.slot(labelled: labelled),
            championIsFirst
        )
        add(
            .logLoss,
            cell,
            BinaryPairTotal.logLossFirst.slot(labelled: labelled),
            BinaryPairTotal.logLossSecond.slot(labelled: labelled),
            championIsFirst
        )
        gainSquares[.brier, default: 0] +=
            cell.totals[BinaryPairTotal.brierGainSquared.slot(labelled: labelled)]
        gainSquares[.logLoss, default: 0] +=
            cell.totals[BinaryPairTotal.logLossGainSquared.slot(labelled: labelled)]
    }

    private mutating func add(
        _ loss: PairedLoss,
        _ cell: PairCell,
        _ first: Int,
        _ second: Int,
        _ championIsFirst: Bool
    ) {
        var sum = self.sum(loss)
        sum.champion += cell.totals[championIsFirst ? first : second]
        sum.shadow += cell.totals[championIsFirst ? second : first]
        losses[loss] = sum
    }

    /// Both together.
    static func merged(_ left: PairSums, _ right: PairSums) -> PairSums {
        var sum = left
        sum.pairs += right.pairs
        sum.unlabelledPairs += right.unlabelledPairs
        sum.bothRight += right.bothRight
        sum.championRightOnly += right.championRightOnly
        sum.shadowRightOnly += right.shadowRightOnly
        sum.bothWrong += right.bothWrong
        for (loss, added) in right.losses {
            let known = left.sum(loss)
            sum.losses[loss] = (known.champion + added.champion, known.shadow + added.shadow)
        }
        sum.differing += right.differing
        sum.gainSquares.merge(right.gainSquares, uniquingKeysWith: +)
        return sum
    }

    /// Whatever the label is, models that decide differently are not both right.
    private static func differing(_ cell: PairCell) -> Int {
        [true, false].reduce(0) { sum, labelled in
            sum + Int(cell.totals[BinaryPairTotal.firstRightOnly.slot(labelled: labelled)])
                + Int(cell.totals[BinaryPairTotal.secondRightOnly.slot(labelled: labelled)])
        }
    }

    private static func binaryCount(_ cell: PairCell, labelled: Bool) -> Int {
        [BinaryPairTotal.bothRight, .firstRightOnly, .secondRightOnly, .bothWrong]
            .reduce(0) { $0 + Int(cell.totals[$1.slot(labelled: labelled)]) }
    }

    private func sum(_ loss: PairedLoss) -> (champion: Int128, shadow: Int128) {
        losses[loss] ?? (0, 0)
    }

    /// The sum of a loss over the labelled pairs, of the champion and of the shadow.
    package func sums(_ loss: PairedLoss) -> (champion: Double, shadow: Double) {
        switch loss {
        case .decision:
            return (Double(shadowRightOnly + bothWrong), Double(championRightOnly + bothWrong))
        case .brier, .logLoss, .absoluteError, .squaredError:
            let sum = sum(loss)
            return (
                FixedPoint.value(ofLossSum: sum.champion), FixedPoint.value(ofLossSum: sum.shadow)
            )
        }
    }

    /// Σ gain, from exact sums.
    package func gain(_ loss: PairedLoss) -> Double {
        switch loss {
        case .decision: return Double(shadowRightOnly - championRightOnly)
        case .brier, .logLoss, .absoluteError, .squaredError:
            let sum = sum(loss)
            return FixedPoint.value(ofLossSum: sum.champion - sum.shadow)
        }
    }

    /// Σ gain², from exact sums; `nil` for the loss of which none is kept.
    package func gainSquares(_ loss: PairedLoss) -> Double? {
        switch loss {
        case .decision: Double(shadowRightOnly + championRightOnly)
        case .brier, .logLoss, .absoluteError:
            FixedPoint.value(ofLossSum: gainSquares[loss] ?? 0)
        case .squaredError: nil
        }
    }

    /// Pairs, labelled or not, on which the models decide differently; `nil` for regression.
    package var disagreements: Int? { kind == .regression ? nil : differing }
    /// Pairs, labelled or not.
    package var allPairs: Int { pairs + unlabelledPairs }
}
