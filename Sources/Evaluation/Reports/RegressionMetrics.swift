import Statistics

/// The metrics of a regression model in a window, from its cells; from rows where they are at hand.
package struct RegressionMetrics: Sendable {
    private let window: WindowCells
    private let rows: LabelledRows?
    private let n: Int

    package init(_ window: WindowCells, rows: LabelledRows? = nil) {
        self.window = window
        self.rows = rows
        n = window.labelled
    }

    package static let names = [
        "mae", "rmse", "median_ae", "wape", "r2", "mean_error", "mean_prediction", "mean_label",
    ]

    /// * `wanted`: `nil` for all.
    package func all(_ wanted: Set<String>? = nil) -> [NamedMetric] {
        every().filter { wanted?.contains($0.name) ?? true }
    }

    private func every() -> [NamedMetric] {
        guard n > 0 else {
            return Self.names.map { NamedMetric($0, .undefined(n: 0, "no labelled predictions")) }
        }
        return [
            NamedMetric("mae", window.mean(mean(.absoluteError), \.absoluteError)),
            NamedMetric("rmse", rootMeanSquare()),
            NamedMetric("median_ae", median()),
            NamedMetric("wape", weightedPercentage()),
            NamedMetric("r2", determination()),
            NamedMetric("mean_error", window.mean(mean(.error), \.error)),
            NamedMetric("mean_prediction", MetricEstimate(value: mean(.prediction), n: n)),
            NamedMetric("mean_label", MetricEstimate(value: mean(.label), n: n)),
        ]
    }

    private func sum(_ total: RegressionTotal) -> Double {
        FixedPoint.value(ofLossSum: window.cell.totals[total.rawValue])
    }

    private func mean(_ total: RegressionTotal) -> Double {
        sum(total) / Double(n)
    }

    /// The root of the mean squared error; its interval is the root of that of the mean.
    private func rootMeanSquare() -> MetricEstimate {
        let squared = window.mean(mean(.squaredError), \.squaredError)
        return MetricEstimate(
            value: mean(.squaredError).squareRoot(),
            low: squared.low.map { max(0, $0).squareRoot() },
            high: squared.high.map { max(0, $0).squareRoot() },
            n: n,
            reason: squared.reason
        )
    }

    /// Σ|e| / Σ|y|.
    private func weightedPercentage() -> MetricEstimate {
        let size = sum(.absoluteLabel)
        guard size > 0 else { return .undefined(n: n, "every label is 0") }
        return MetricEstimate(value: sum(.absoluteError) / size, n: n)
    }

    /// 1 − Σe² / Σ(y − ȳ)².
    private func determination() -> MetricEstimate {
        let totals = window.cell.totals
        let label = totals[RegressionTotal.label.rawValue]
        let spread = sum(.labelSquared) - sum(.label) * sum(.label) / Double(n)
        guard n > 1, spread > 1e-12 * max(1, sum(.labelSquared)) else {
            return .undefined(
                n: n,
                label == 0 ? "every label is the same" : "the labels do not differ"
            )
        }
        return MetricEstimate(value: 1 - sum(.squaredError) / spread, n: n)
    }

    private func median() -> MetricEstimate {
        if let rows {
            let errors = zip(rows.scores, rows.labels).map { abs($0 - $1) }.sorted()
            let middle = errors.count / 2
            return MetricEstimate(
                value: errors.count % 2 == 1
                    ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2,
                n: n
            )
        }
        var below: Int64 = 0
        for (bin, count) in window.cell.histogram.entries {
            below += count
            guard 2 * below >= Int64(n) else { continue }
            let (start, end) = (MagnitudeEdges.starts[bin], MagnitudeEdges.end(ofBin: bin))
            return MetricEstimate(value: (start + end) / 2, n: n, bound: (end - start) / 2)
        }
        return .undefined(n: n, "no labelled predictions")
    }
}
