import Statistics

/// The cells of one model in one window, added up: in all, and by day for the intervals.
///
/// The label policy is applied here, when reading (rule T9): under `negative`, what is unlabelled in a time
/// bucket past the horizon counts as a negative.
package struct WindowCells: Sendable {
    package let task: PredictionTask
    package private(set) var cell: ModelCell
    package private(set) var predictions = 0
    /// Predictions with a label, given or implied by the policy.
    package private(set) var labelled = 0
    /// Unlabelled, and not yet past the horizon.
    package private(set) var pending = 0
    /// Unlabelled past the horizon.
    package private(set) var overdue = 0
    /// Labels that the policy implies.
    package private(set) var implied = 0
    /// Whether the histogram is fine, as it is over all slices.
    let isFine: Bool
    /// The totals of each block of evidence.
    private var days: [Int32: CellTotals] = [:]
    private var scoring: any Scoring { task.kind.scoring }

    package init(task: PredictionTask, fine: Bool = true) {
        self.task = task
        isFine = fine
        cell = ModelCell(layout: CellLayout(kind: task.kind), fine: fine)
    }

    /// - Parameters:
    ///   - bucketCell: The model's cell of a time bucket.
    ///   - day: The local date of the bucket, the block of evidence.
    ///   - isMature: Whether the bucket is past the horizon.
    package mutating func add(_ bucketCell: ModelCell, day: Int32, isMature: Bool) {
        let scoring = scoring
        var bucketCell = bucketCell
        if isMature, scoring.silentLabel(of: task) != nil {
            implied += scoring.labelSilence(in: &bucketCell)
        }
        let counts = scoring.counts(bucketCell.totals)
        let unlabelled = counts.predictions - counts.labelled
        predictions += counts.predictions
        labelled += counts.labelled
        if isMature { overdue += unlabelled } else { pending += unlabelled }
        days[day, default: CellTotals(bucketCell.totals.shape)].add(bucketCell.totals)
        cell.add(bucketCell)
    }

    // MARK: - Intervals from blocks

    /// Where a mean can lie, and so its interval.
    enum MeanRange {
        /// From 0 to 1.
        case share
        /// From 0 on, and no further than some value; the interval is that of the mean to a power.
        case positive(power: Double, most: Double = .infinity)
        case all
    }

    /// The interval of a mean of labelled rows, days as blocks.
    func interval(_ sum: (CellTotals) -> ExactNumber, _ range: MeanRange) -> MetricInterval {
        let scoring = scoring
        var blocks = ExactBlocks()
        for (_, totals) in days.sorted(by: { $0.key < $1.key }) {
            blocks.add(count: scoring.counts(totals).labelled, sum: sum(totals))
        }
        guard let mean = blocks.mean, let error = mean.standardError else {
            return .missing(.labelsOfOneDay)
        }
        switch range {
        case .share:
            if let interval = mean.shareInterval() { return .between(interval) }
            let rows = Double(labelled)
            return wilsonInterval(successes: min(mean.mean, 1) * rows, trials: rows)
                .map { .qualified($0, .rowsForDays) } ?? .missing(.equalDays)
        case .positive(let power, let most):
            let interval = mean.positiveInterval(power: power).map {
                Interval(low: $0.low, high: max($0.low, min($0.high, most)))
            }
            return MetricInterval(interval, else: .equalDays)
        case .all:
            return MetricInterval(error > 0 ? mean.interval() : nil, else: .equalDays)
        }
    }
}
