/// The paired cells of one champion and one shadow, seen from the champion: a gain is positive when the
/// shadow is better.
package struct PairSums: Sendable, Equatable {
    package let kind: TaskKind
    package internal(set) var pairs = 0
    package internal(set) var unlabelledPairs = 0
    package internal(set) var bothRight = 0
    package internal(set) var championRightOnly = 0
    package internal(set) var shadowRightOnly = 0
    package internal(set) var bothWrong = 0
    /// Pairs, labelled or not, on which the models decide differently.
    var differing = 0
    /// How far apart the predictions of all pairs are, with labels or without.
    var distance = PairDistance()
    private var losses: [PairedLoss: (champion: ExactNumber, shadow: ExactNumber)] = [:]
    private var gainSquares: [PairedLoss: ExactNumber] = [:]

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

    /// - Parameters:
    ///   - cell: A paired cell of the two models.
    ///   - championIsFirst: Which side of the cell the champion is.
    ///   - impliesNegatives: Whether unlabelled pairs count as negatives (rule T9).
    package mutating func add(_ cell: PairCell, championIsFirst: Bool, impliesNegatives: Bool) {
        kind.scoring.add(
            cell,
            to: &self,
            championIsFirst: championIsFirst,
            impliesNegatives: impliesNegatives
        )
    }

    /// Adds the sums of a loss of both sides of a cell.
    mutating func add(
        _ loss: PairedLoss,
        _ first: ExactNumber,
        _ second: ExactNumber,
        _ championIsFirst: Bool
    ) {
        var sum = self.sum(loss)
        sum.champion.add(championIsFirst ? first : second)
        sum.shadow.add(championIsFirst ? second : first)
        losses[loss] = sum
    }

    /// Adds the sum of squared gains.
    mutating func addSquares(_ loss: PairedLoss, _ squares: ExactNumber) {
        gainSquares[loss, default: ExactNumber()].add(squares)
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
        sum.distance.add(right.distance)
        sum.gainSquares.merge(right.gainSquares, uniquingKeysWith: +)
        return sum
    }

    private func sum(_ loss: PairedLoss) -> (champion: ExactNumber, shadow: ExactNumber) {
        if loss == .decision {
            return (
                ExactNumber(shadowRightOnly + bothWrong),
                ExactNumber(championRightOnly + bothWrong)
            )
        }
        return losses[loss] ?? (ExactNumber(), ExactNumber())
    }

    /// The sum of a loss over the labelled pairs, of the champion and of the shadow.
    package func sums(_ loss: PairedLoss) -> (champion: Double, shadow: Double) {
        let sum = sum(loss)
        return (Double(sum.champion), Double(sum.shadow))
    }

    /// Σ gain, exactly.
    func exactGain(_ loss: PairedLoss) -> ExactNumber {
        let sum = sum(loss)
        return sum.champion - sum.shadow
    }

    /// Σ gain.
    package func gain(_ loss: PairedLoss) -> Double { Double(exactGain(loss)) }

    /// How many gains there are, with their sum and that of their squares; `nil` for the loss of which no squares
    /// are kept.
    package func moments(_ loss: PairedLoss) -> ExactMoments? {
        guard loss.keepsSquares else { return nil }
        let squares =
            loss == .decision
            ? ExactNumber(shadowRightOnly + championRightOnly)
            : gainSquares[loss] ?? ExactNumber()
        return ExactMoments(count: pairs, sum: exactGain(loss), squares: squares)
    }

    /// Σ(gain − mean)² over the labelled pairs; `nil` where squares are not kept, or hold no more than their
    /// rounding.
    package func squaredDistances(_ loss: PairedLoss) -> Double? {
        guard let distances = moments(loss)?.squaredDistances else { return nil }
        return distances > (loss.isRounded ? Double(pairs) / FixedPoint.lossUnits : 0)
            ? distances : nil
    }

    /// Pairs, labelled or not, on which the models decide differently; `nil` where they decide nothing.
    package var disagreements: Int? { kind.has(.threshold) ? differing : nil }
    /// The labelled ones of them.
    var labelledDisagreements: Int? {
        kind.has(.threshold) ? championRightOnly + shadowRightOnly : nil
    }
    /// Pairs, labelled or not.
    package var allPairs: Int { pairs + unlabelledPairs }
}
