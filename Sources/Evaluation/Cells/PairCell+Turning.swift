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
        kind.scoring.turn(&cell.totals)
        return cell
    }
}
