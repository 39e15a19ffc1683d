package import Evaluation

extension FrozenCohort {
    /// What comes back when the cohort was written to the ledger and read again.
    package func stored(kind: TaskKind) throws -> FrozenCohort {
        var copy = FrozenCohort(bucketStart: bucketStart, age: age, frozenAsOf: frozenAsOf)
        for (version, cell) in cells {
            var read = CohortCell(kind: kind)
            try read.add(
                totals: CellCoding.encode(totals: cell.totals),
                losses: CellCoding.encode(histogram: cell.losses),
                scores: CellCoding.encode(histogram: cell.scores),
                labels: cell.labels.bytes,
                slices: cell.sliceBytes,
                entities: cell.entities.bytes
            )
            copy.cells[version] = read
        }
        for (key, cell) in pairs {
            var read = PairCell(layout: CellLayout(kind: kind))
            try read.add(totals: CellCoding.encode(totals: cell.totals))
            copy.pairs[key] = read
        }
        for (pair, evidence) in evidence {
            var read = GainEvidence()
            try read.add(totals: CellCoding.encode(totals: evidence.totals))
            copy.evidence[pair] = read
        }
        return copy
    }
}
