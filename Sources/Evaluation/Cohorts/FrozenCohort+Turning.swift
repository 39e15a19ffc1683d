extension VersionPair {
    /// The same with its sides exchanged.
    package var turned: VersionPair { VersionPair(first: second, second: first) }
}

extension FrozenCohort {
    /// Some of its pairs alone.
    package func keepingPairs(_ kept: Set<VersionPair>) -> FrozenCohort {
        var cohort = self
        cohort.pairs = pairs.filter { kept.contains($0.key.pair) }
        cohort.evidence = evidence.filter { kept.contains($0.key) }
        cohort.entityGains = entityGains.filter { kept.contains($0.key) }
        return cohort
    }

    /// All of its pairs seen from the other side.
    package func turned(_ kind: TaskKind) -> FrozenCohort {
        var cohort = self
        cohort.pairs = [:]
        cohort.evidence = [:]
        cohort.entityGains = [:]
        for (key, cell) in pairs { cohort.pairs[key.turned] = cell.turned(kind) }
        for (pair, evidence) in evidence {
            cohort.evidence[pair.turned] = evidence.oriented(championIsFirst: false)
        }
        for (pair, gains) in entityGains { cohort.entityGains[pair.turned] = gains.turned }
        return cohort
    }

    /// Adds what the pairs of the same cohort sum up in single slices, or takes it back.
    ///
    /// `sign` is +1 to add, −1 to take back.
    package mutating func addSlices(of other: FrozenCohort, _ kind: TaskKind, sign: Int64) {
        let layout = CellLayout(kind: kind)
        for (key, cell) in other.pairs where key.slice != TaskDictionary.allSlices {
            pairs[key, default: PairCell(layout: layout)].totals.add(cell.totals, sign: sign)
        }
    }

    /// Drops what sums up to nothing.
    package mutating func dropZeros() {
        pairs = pairs.filter { !$0.value.isZero }
    }
}

extension FrozenCohort.SlicedPair {
    fileprivate var turned: Self { Self(pair: pair.turned, slice: slice) }
}
