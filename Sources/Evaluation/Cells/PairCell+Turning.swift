extension PairCellKey {
    package var pair: VersionPair { VersionPair(first: first, second: second) }

    /// The same with its sides exchanged.
    package var turned: PairCellKey {
        PairCellKey(first: second, second: first, slice: slice, bucket: bucket)
    }
}

extension PairCell {
    /// The same seen from the other side: what it would be had the second version come first.
    package func turned(_ kind: TaskKind) -> PairCell {
        var cell = self
        switch kind {
        case .binary, .multiclass:
            let sides: [(BinaryPairTotal, BinaryPairTotal)] = [
                (.firstRightOnly, .secondRightOnly), (.brierFirst, .brierSecond),
                (.logLossFirst, .logLossSecond),
            ]
            for isLabelled in [false, true] {
                for (one, other) in sides {
                    cell.totals.numbers.swapAt(
                        one.slot(labelled: isLabelled),
                        other.slot(labelled: isLabelled)
                    )
                }
            }
        case .regression:
            let sides: [(RegressionPairSum, RegressionPairSum)] = [
                (.absoluteErrorFirst, .absoluteErrorSecond),
                (.squaredErrorFirst, .squaredErrorSecond),
            ]
            for (one, other) in sides { cell.totals.sums.swapAt(one.rawValue, other.rawValue) }
        }
        return cell
    }
}
