package import Evaluation

extension ComparisonResult {
    /// Of slices with fewer requests a distance says little.
    private static let fewRequests = 30

    /// The slices as a person looks for them: first those where the shadow is surely worse, then those where both are
    /// farthest apart, and last those with few requests, whose distances are large by chance.
    ///
    /// Of equals by name. JSON and CSV have them by name, for whoever looks one up.
    package static func ranked(_ slices: [SliceComparison]) -> [SliceComparison] {
        func rank(_ slice: SliceComparison) -> Int {
            if slice.finding == .worse { return 0 }
            return slice.apart.requests < fewRequests ? 2 : 1
        }
        return slices.sorted { one, other in
            let (left, right) = (rank(one), rank(other))
            if left != right { return left < right }
            let (near, far) = (one.apart.distance ?? -1, other.apart.distance ?? -1)
            return near != far ? near > far : one.slice < other.slice
        }
    }

    /// What the order and the columns of the slices mean.
    package var sliceLegend: String {
        let kind = report.task.kind
        let mean = kind.sumsSquaredDistances ? "root mean square" : "mean"
        let differ =
            kind.has(.threshold)
            ? "; differ: the share of these requests that both decide differently" : ""
        return
            "apart: how far the two scores lie apart (\(mean)), on all requests, with labels or without\(differ). First "
            + "where the shadow is surely worse, then where both are farthest apart; slices of fewer than "
            + "\(Self.fewRequests) requests last."
    }

    func sliceTable(_ comparison: Comparison) -> TextTable {
        let decides = report.task.kind.has(.threshold)
        var table = TextTable(
            [
                .left("slice", repeated: true, limit: 30), .right("pairs"),
                .right("champion"), .right("shadow"), .right("gain", limit: 32),
                .right("apart"),
            ] + (decides ? [.right("differ")] : []) + [.left("surely")]
        )
        for slice in Self.ranked(comparison.slices) {
            let metric = slice.metric
            let apart = slice.apart
            let cells =
                [
                    slice.slice.text, NumberText.count(slice.pairs),
                    metric.champion.map { number($0, metric) } ?? NumberText.none,
                    metric.shadow.map { number($0, metric) } ?? NumberText.none, gain(metric),
                    apart.distance.map { NumberText.number($0) } ?? NumberText.none,
                ] + (decides ? [NumberText.percent(apart.decidedDifferently)] : [])
            table.add(
                cells.map { TextTable.Cell($0) } + [
                    TextTable.Cell(
                        slice.finding == .undecided ? "" : slice.finding.rawValue,
                        slice.finding == .worse ? .bad : .good
                    )
                ]
            )
        }
        return table
    }
}
