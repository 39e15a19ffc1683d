/// The figures of a regression model in a window from which its metrics come: from its cells, and from rows where they
/// are at hand.
package struct RegressionMetrics: Sendable {
    private let window: WindowCells
    private let rows: LabelledRows?
    private let n: Int

    package init(_ window: WindowCells, rows: LabelledRows? = nil) {
        self.window = window
        self.rows = rows
        n = window.labelled
    }

    private func sum(_ sum: RegressionSum) -> ExactNumber { window.cell.totals.sum(sum) }

    private func mean(_ sum: RegressionSum) -> Double { Double(self.sum(sum)) / Double(n) }

    func mean(of sum: RegressionSum) -> MetricEstimate { withoutInterval(mean(sum)) }

    func meanAbsoluteError() -> MetricEstimate {
        MetricEstimate(
            mean(.absoluteError),
            window.interval({ $0.sum(.absoluteError) }, .positive(power: 1)),
            n: n
        )
    }

    func bias() -> MetricEstimate {
        let value = Double(window.cell.totals.errorSum) / Double(n)
        return MetricEstimate(value, window.interval(\.errorSum, .all), n: n)
    }

    private func withoutInterval(_ value: Double, bound: Double = 0) -> MetricEstimate {
        MetricEstimate(value, .missing(.notEstimated), n: n, bound: bound)
    }

    /// The root of the mean squared error; its interval is the root of that of the mean.
    func rootMeanSquare() -> MetricEstimate {
        MetricEstimate(
            mean(.squaredError).squareRoot(),
            window.interval({ $0.sum(.squaredError) }, .positive(power: 0.5)),
            n: n
        )
    }

    /// Σ|e| / Σ|y|.
    func weightedPercentage() -> MetricEstimate {
        let size = Double(sum(.absoluteLabel))
        guard size > 0 else { return .undefined(n: n, .zeroLabels) }
        return withoutInterval(Double(sum(.absoluteError)) / size)
    }

    /// 1 − Σe² / Σ(y − ȳ)², whose n-fold is exact.
    func determination() -> MetricEstimate {
        guard n > 1 else { return .undefined(n: n, .singleLabel) }
        let labels = ExactMoments(count: n, sum: sum(.label), squares: sum(.labelSquared))
        let spread = Double(labels.spread)
        guard spread > 0 else { return .undefined(n: n, .equalLabels) }
        return withoutInterval(1 - Double(sum(.squaredError) * n) / spread)
    }

    /// The middle error, or the mean of the two middle ones.
    func median() -> MetricEstimate {
        if let rows {
            let errors = zip(rows.scores, rows.labels).map { abs($0 - $1) }.sorted()
            let middle = errors.count / 2
            return withoutInterval(
                errors.count % 2 == 1
                    ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2
            )
        }
        guard let lower = bin(ofRank: (n + 1) / 2), let upper = bin(ofRank: n / 2 + 1) else {
            return .undefined(n: n, .damagedCells)
        }
        let start = (lower.start + upper.start) / 2
        let end = (lower.end + upper.end) / 2
        return withoutInterval((start + end) / 2, bound: (end - start) / 2)
    }

    /// The limits of the bin that holds the error of a rank, the smallest of which is 1; `nil` where a stored histogram
    /// has lost rows.
    private func bin(ofRank rank: Int) -> (start: Double, end: Double)? {
        var below: Int64 = 0
        for (bin, count) in window.cell.histogram.entries {
            below += count
            guard below >= Int64(rank) else { continue }
            return (MagnitudeEdges.starts[bin], MagnitudeEdges.end(ofBin: bin))
        }
        return nil
    }
}
