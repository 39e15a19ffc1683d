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
    private(set) var days: [Int32: DaySums] = [:]

    /// What a block of evidence adds to intervals: rows and sums of losses.
    struct DaySums: Sendable {
        var labelled = 0.0
        var brier = 0.0
        var logLoss = 0.0
        var absoluteError = 0.0
        var squaredError = 0.0
        var error = 0.0
    }

    package init(task: PredictionTask, fine: Bool = true) {
        self.task = task
        cell = ModelCell(layout: CellLayout(kind: task.kind), fine: fine)
    }

    /// * `day`: The local date of the bucket, the block of evidence.
    /// * `isMature`: Whether the bucket is past the horizon.
    package mutating func add(_ bucketCell: ModelCell, day: Int32, isMature: Bool) {
        var bucketCell = bucketCell
        switch task.kind {
        case .binary, .multiclass: addBinary(&bucketCell, day: day, isMature: isMature)
        case .regression: addRegression(bucketCell, day: day, isMature: isMature)
        }
        cell.add(bucketCell)
    }

    private mutating func addBinary(_ bucketCell: inout ModelCell, day: Int32, isMature: Bool) {
        if task.labelPolicy == .negative, isMature {
            implied += Int(bucketCell.totals[BinaryTotal.count.slot(.unlabelled)])
            bucketCell.countUnlabelledAsNegative()
        }
        let totals = bucketCell.totals
        let unlabelled = Int(totals[BinaryTotal.count.slot(.unlabelled)])
        let known = Int(
            totals[BinaryTotal.count.slot(.negative)] + totals[BinaryTotal.count.slot(.positive)]
        )
        count(labelled: known, unlabelled: unlabelled, isMature: isMature)
        func sum(_ total: BinaryTotal) -> Double {
            FixedPoint.value(
                ofLossSum: totals[total.slot(.negative)] + totals[total.slot(.positive)]
            )
        }
        days[day, default: DaySums()].labelled += Double(known)
        days[day, default: DaySums()].brier += sum(.brier)
        days[day, default: DaySums()].logLoss += sum(.logLoss)
    }

    private mutating func addRegression(_ bucketCell: ModelCell, day: Int32, isMature: Bool) {
        let totals = bucketCell.totals
        let known = Int(totals[RegressionTotal.labelled.rawValue])
        count(
            labelled: known,
            unlabelled: Int(totals[RegressionTotal.unlabelled.rawValue]),
            isMature: isMature
        )
        func sum(_ total: RegressionTotal) -> Double {
            FixedPoint.value(ofLossSum: totals[total.rawValue])
        }
        days[day, default: DaySums()].labelled += Double(known)
        days[day, default: DaySums()].absoluteError += sum(.absoluteError)
        days[day, default: DaySums()].squaredError += sum(.squaredError)
        days[day, default: DaySums()].error += sum(.error)
    }

    private mutating func count(labelled known: Int, unlabelled: Int, isMature: Bool) {
        predictions += known + unlabelled
        labelled += known
        if isMature { overdue += unlabelled } else { pending += unlabelled }
    }

    // MARK: - Intervals from blocks

    /// The mean of a loss with the interval of the block ratio estimator, days as blocks.
    ///
    /// * `value`: The mean, from the exact sums.
    func mean(_ value: Double, _ loss: KeyPath<DaySums, Double>) -> MetricEstimate {
        let blocks = days.filter { $0.value.labelled > 0 }.sorted { $0.key < $1.key }.map(\.value)
        let sums = try? CohortSums(
            counts: blocks.map(\.labelled),
            sums: blocks.map { $0[keyPath: loss] }
        )
        let interval = sums.flatMap(blockMean)?.interval()
        return MetricEstimate(
            value: value,
            low: interval?.low,
            high: interval?.high,
            n: labelled,
            reason: interval == nil ? "no interval: it needs labels on two days" : nil
        )
    }
}

extension ModelCell {
    /// Moves the unlabelled group, whose losses are those of a negative, to the negatives.
    fileprivate mutating func countUnlabelledAsNegative() {
        for total in BinaryTotal.allCases {
            totals[total.slot(.negative)] += totals[total.slot(.unlabelled)]
            totals[total.slot(.unlabelled)] = 0
        }
        let width = histogram.slotCount / BinaryGroup.allCases.count
        for (slot, value) in histogram.entries where slot < width {
            histogram.add(value, at: BinaryGroup.negative.rawValue * width + slot)
            histogram.add(-value, at: slot)
        }
    }
}
