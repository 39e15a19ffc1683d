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
    private var days: [Int32: DaySums] = [:]

    /// What a block of evidence adds to intervals: rows and sums of losses.
    struct DaySums: Sendable {
        var labelled = 0
        var brier = ExactNumber()
        var logLoss = ExactNumber()
        var absoluteError = ExactNumber()
        var squaredError = ExactNumber()
        var error = ExactNumber()
    }

    package init(task: PredictionTask, fine: Bool = true) {
        self.task = task
        cell = ModelCell(layout: CellLayout(kind: task.kind), fine: fine)
    }

    /// - Parameters:
    ///   - bucketCell: The model's cell of a time bucket.
    ///   - day: The local date of the bucket, the block of evidence.
    ///   - isMature: Whether the bucket is past the horizon.
    package mutating func add(_ bucketCell: ModelCell, day: Int32, isMature: Bool) {
        var bucketCell = bucketCell
        switch task.kind {
        case .binary, .multiclass: addBinary(&bucketCell, day: day, isMature: isMature)
        case .regression: addRegression(bucketCell, day: day, isMature: isMature)
        }
        cell.add(bucketCell)
    }

    private mutating func addBinary(_ bucketCell: inout ModelCell, day: Int32, isMature: Bool) {
        if task.silentLabel != nil, isMature {
            implied += Int(bucketCell.totals.numbers[BinaryTotal.count.slot(.unlabelled)])
            bucketCell.countUnlabelledAsNegative()
        }
        let totals = bucketCell.totals.numbers
        let unlabelled = Int(totals[BinaryTotal.count.slot(.unlabelled)])
        let known = Int(
            totals[BinaryTotal.count.slot(.negative)] + totals[BinaryTotal.count.slot(.positive)]
        )
        count(labelled: known, unlabelled: unlabelled, isMature: isMature)
        var sums = days[day] ?? DaySums()
        sums.labelled += known
        sums.brier.add(bucketCell.labelledSum(.brier))
        sums.logLoss.add(bucketCell.labelledSum(.logLoss))
        days[day] = sums
    }

    private mutating func addRegression(_ bucketCell: ModelCell, day: Int32, isMature: Bool) {
        let totals = bucketCell.totals.numbers
        let known = Int(totals[RegressionTotal.labelled.rawValue])
        count(
            labelled: known,
            unlabelled: Int(totals[RegressionTotal.unlabelled.rawValue]),
            isMature: isMature
        )
        var sums = days[day] ?? DaySums()
        sums.labelled += known
        sums.absoluteError.add(bucketCell.sum(.absoluteError))
        sums.squaredError.add(bucketCell.sum(.squaredError))
        sums.error.add(bucketCell.errorSum)
        days[day] = sums
    }

    private mutating func count(labelled known: Int, unlabelled: Int, isMature: Bool) {
        predictions += known + unlabelled
        labelled += known
        if isMature { overdue += unlabelled } else { pending += unlabelled }
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

    /// The interval of a mean, days as blocks.
    func interval(_ loss: KeyPath<DaySums, ExactNumber>, _ range: MeanRange) -> MetricInterval {
        var blocks = ExactBlocks()
        for (_, sums) in days.sorted(by: { $0.key < $1.key }) {
            blocks.add(count: sums.labelled, sum: sums[keyPath: loss])
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

extension ModelCell {
    /// Moves the unlabelled group, whose losses are those of a negative, to the negatives.
    fileprivate mutating func countUnlabelledAsNegative() {
        for total in BinaryTotal.allCases {
            totals.numbers[total.slot(.negative)] += totals.numbers[total.slot(.unlabelled)]
            totals.numbers[total.slot(.unlabelled)] = 0
        }
        let width = histogram.slotCount / BinaryGroup.allCases.count
        for (slot, value) in histogram.entries where slot < width {
            histogram.add(value, at: BinaryGroup.negative.rawValue * width + slot)
            histogram.add(-value, at: slot)
        }
    }
}
