/// Adds up requests as paired cells do, so that its numbers are those of a comparison.
package struct PairTally: Sendable {
    private let task: PredictionTask
    private var cell: PairCell
    private var contributions: [Contribution] = []

    package init(_ task: PredictionTask) {
        self.task = task
        cell = PairCell(layout: CellLayout(kind: task.kind))
    }

    package mutating func add(_ pair: RequestPair) {
        contributions.removeAll(keepingCapacity: true)
        task.kind.scoring.contribute(
            [CountedPrediction(pair.champion), CountedPrediction(pair.shadow)],
            label: pair.anchor.label,
            of: task,
            to: &contributions
        )
        cell.add(PairContribution(contributions[0], contributions[1]), sign: 1)
    }

    package var apart: PairsApart {
        var sums = PairSums(kind: task.kind)
        // What the label policy implies was added as a label.
        sums.add(cell, championIsFirst: true, impliesNegatives: false)
        return PairsApart(sums)
    }
}

extension CountedPrediction {
    fileprivate init(_ row: StandingPrediction) {
        self.init(
            predictedAt: row.prediction.predictedAt,
            modelVersion: row.prediction.modelVersion,
            sliceSet: row.prediction.sliceSet,
            score: row.score
        )
    }
}
