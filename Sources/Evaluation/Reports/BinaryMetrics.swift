package import Statistics

/// The metrics of a binary model in a window, from its cells; from rows where they are at hand.
package struct BinaryMetrics: Sendable {
    private let window: WindowCells
    private let rows: BinaryForecasts?
    private let counts: ConfusionCounts
    private let slots: [Int64]
    private let n: Int

    package init(_ window: WindowCells, rows: LabelledRows? = nil) {
        self.window = window
        self.rows = rows.flatMap { rows in
            try? BinaryForecasts(
                probabilities: rows.scores,
                outcomes: rows.labels.map { $0 == 1 }
            )
        }
        n = window.labelled
        slots = window.cell.histogram.denseValues
        let totals = window.cell.totals
        func count(_ total: BinaryTotal, _ group: BinaryGroup) -> Double {
            Double(totals[total.slot(group)])
        }
        let (positives, hits) = (count(.count, .positive), count(.predictedPositive, .positive))
        let (negatives, alarms) = (count(.count, .negative), count(.predictedPositive, .negative))
        counts = ConfusionCounts(
            truePositives: hits,
            falsePositives: alarms,
            falseNegatives: positives - hits,
            trueNegatives: negatives - alarms
        )
    }

    /// The metrics, in the order in which reports show them.
    ///
    /// * `wanted`: `nil` for all; groups of metrics of which none is wanted are not worked out.
    package func all(_ wanted: Set<String>? = nil) -> [NamedMetric] {
        guard n > 0 else {
            return Self.names.filter { wanted?.contains($0) ?? true }
                .map { NamedMetric($0, .undefined(n: 0, "no labelled predictions")) }
        }
        let groups: [(names: Set<String>, metrics: () -> [NamedMetric])] = [
            (Self.confusionNames, confusion), (["roc_auc", "average_precision"], ranking),
            (["brier_score", "log_loss"], losses),
            (["ece_10", "ece_15", "mce_10"], calibrationErrors),
            (["mcb", "dsc", "unc"], decomposition),
            (["calibration_intercept", "calibration_slope"], fit),
            (["mean_score", "base_rate"], means),
        ]
        return groups.filter { wanted?.isDisjoint(with: $0.names) != true }
            .flatMap { $0.metrics() }
            .filter { wanted?.contains($0.name) ?? true }
    }

    private static let confusionNames: Set = [
        "accuracy", "precision", "recall", "specificity", "f1", "mcc", "balanced_accuracy",
    ]

    package static let names = [
        "accuracy", "precision", "recall", "specificity", "f1", "mcc", "balanced_accuracy",
        "roc_auc", "average_precision", "brier_score", "log_loss", "ece_10", "ece_15", "mce_10",
        "mcb", "dsc", "unc", "calibration_intercept", "calibration_slope", "mean_score",
        "base_rate",
    ]

    // MARK: - Decisions at the threshold

    private func confusion() -> [NamedMetric] {
        let metrics: [(String, ConfusionMetric)] = [
            ("accuracy", .accuracy), ("precision", .precision), ("recall", .recall),
            ("specificity", .specificity), ("f1", .f1), ("mcc", .matthewsCorrelation),
            ("balanced_accuracy", .balancedAccuracy),
        ]
        return metrics.map { name, metric in
            guard let value = metric.value(in: counts) else {
                let reason = metric.undefinedReason(in: counts) ?? "not defined for these counts"
                return NamedMetric(name, .undefined(n: n, reason))
            }
            let interval = metric.interval(in: counts)
            return NamedMetric(
                name,
                MetricEstimate(value: value, low: interval?.low, high: interval?.high, n: n)
            )
        }
    }

    // MARK: - Ranking

    private func ranking() -> [NamedMetric] {
        [NamedMetric("roc_auc", area()), NamedMetric("average_precision", averagePrecision())]
    }

    private static let oneClass = "needs labels of both classes"

    private func area() -> MetricEstimate {
        if let rows {
            guard let estimate = deLong(rows) else { return .undefined(n: n, Self.oneClass) }
            let interval = estimate.interval()
            return MetricEstimate(
                value: estimate.area,
                low: interval?.low,
                high: interval?.high,
                n: n
            )
        }
        guard let histogram, let area = areaUnderCurve(histogram) else {
            return .undefined(n: n, Self.oneClass)
        }
        let interval = deLong(histogram)?.interval()
        return MetricEstimate(
            value: area.value,
            low: interval?.low,
            high: interval?.high,
            n: n,
            bound: area.bound
        )
    }

    private func averagePrecision() -> MetricEstimate {
        let value: Double?
        var bound = 0.0
        if let rows {
            value = Statistics.averagePrecision(rows)
        } else {
            let bounded = histogram.flatMap { Statistics.averagePrecision($0) }
            value = bounded?.value
            bound = bounded?.bound ?? 0
        }
        guard let value else { return .undefined(n: n, "needs a positive label") }
        let interval = averagePrecisionInterval(value, positives: counts.positives)
        return MetricEstimate(
            value: value,
            low: interval?.low,
            high: interval?.high,
            n: n,
            bound: bound
        )
    }

    // MARK: - Losses

    private func losses() -> [NamedMetric] {
        [
            NamedMetric("brier_score", window.mean(lossMean(.brier), \.brier)),
            NamedMetric("log_loss", window.mean(lossMean(.logLoss), \.logLoss)),
        ]
    }

    private func lossMean(_ total: BinaryTotal) -> Double {
        let totals = window.cell.totals
        let sum = totals[total.slot(.negative)] + totals[total.slot(.positive)]
        return FixedPoint.value(ofLossSum: sum) / Double(n)
    }

    // MARK: - Calibration

    private func calibrationErrors() -> [NamedMetric] {
        [
            NamedMetric("ece_10", calibrationError(10) { $0.expectedCalibrationError() }),
            NamedMetric("ece_15", calibrationError(15) { $0.expectedCalibrationError() }),
            NamedMetric("mce_10", calibrationError(10) { $0.maximumCalibrationError() }),
        ]
    }

    private func decomposition() -> [NamedMetric] {
        let bounded = histogram.flatMap { scoreDecomposition($0, meanScore: lossMean(.brier)) }
        let exact = rows.map { scoreDecomposition($0) }
        func part(_ exact: Double?, _ bounded: BoundedValue?) -> MetricEstimate {
            if let exact { return MetricEstimate(value: exact, n: n) }
            guard let bounded else { return .undefined(n: n, "no labelled predictions") }
            return MetricEstimate(value: bounded.value, n: n, bound: bounded.bound)
        }
        return [
            NamedMetric("mcb", part(exact?.miscalibration, bounded?.miscalibration)),
            NamedMetric("dsc", part(exact?.discrimination, bounded?.discrimination)),
            NamedMetric(
                "unc",
                MetricEstimate(value: exact?.uncertainty ?? bounded?.uncertainty, n: n)
            ),
        ]
    }

    private func calibrationError(
        _ width: Int,
        _ error: (CalibrationBins) -> Double?
    ) -> MetricEstimate {
        MetricEstimate(value: equalWidthBins(width).flatMap(error), n: n)
    }

    private func fit() -> [NamedMetric] {
        let fit: CalibrationFit?
        if let rows {
            fit = calibrationFit(rows)
        } else {
            fit = histogram.flatMap { CalibrationBins($0) }.flatMap { calibrationFit($0) }
        }
        guard let fit else {
            let reason = "the fit does not exist: it needs both classes, and scores that overlap"
            return ["calibration_intercept", "calibration_slope"].map {
                NamedMetric($0, .undefined(n: n, reason))
            }
        }
        let (intercept, slope) = (fit.interceptInterval(), fit.slopeInterval())
        let bound: Double? = rows == nil ? nil : 0
        return [
            NamedMetric(
                "calibration_intercept",
                MetricEstimate(
                    value: fit.intercept,
                    low: intercept.low,
                    high: intercept.high,
                    n: n,
                    bound: bound
                )
            ),
            NamedMetric(
                "calibration_slope",
                MetricEstimate(
                    value: fit.slope,
                    low: slope.low,
                    high: slope.high,
                    n: n,
                    bound: bound
                )
            ),
        ]
    }

    private func means() -> [NamedMetric] {
        let rate = wilsonInterval(successes: counts.positives, trials: Double(n))
        return [
            NamedMetric("mean_score", MetricEstimate(value: meanScore, n: n)),
            NamedMetric(
                "base_rate",
                MetricEstimate(
                    value: counts.positives / Double(n),
                    low: rate?.low,
                    high: rate?.high,
                    n: n
                )
            ),
        ]
    }

    // MARK: - Bins

    private var edges: ScoreEdges {
        slots.count == CellLayout(kind: .binary).histogramSlots(fine: true)
            ? .fine : .coarse
    }

    private func bins(_ group: BinaryGroup) -> (counts: [Double], scoreSums: [Double]) {
        let first = 2 * group.rawValue * edges.count
        var counts: [Double] = []
        var sums: [Double] = []
        for bin in 0..<edges.count {
            counts.append(Double(slots[first + 2 * bin]))
            sums.append(
                FixedPoint.value(
                    ofScoreSum: Int128(slots[first + 2 * bin + 1])
                )
            )
        }
        return (counts, sums)
    }

    /// The labelled scores of the window by class and bin.
    package var histogram: ScoreHistogram? {
        let (negatives, positives) = (bins(.negative), bins(.positive))
        return try? ScoreHistogram(
            negatives: negatives.counts,
            positives: positives.counts,
            scoreSums: zip(negatives.scoreSums, positives.scoreSums).map { $0 + $1 }
        )
    }

    private var meanScore: Double {
        var sum: Int128 = 0
        for group in [BinaryGroup.negative, .positive] {
            let first = 2 * group.rawValue * edges.count
            for bin in 0..<edges.count { sum += Int128(slots[first + 2 * bin + 1]) }
        }
        return FixedPoint.value(ofScoreSum: sum) / Double(n)
    }

    /// Equal-width bins [a, b): exact, because the fine bins lie within them.
    package func equalWidthBins(_ width: Int) -> CalibrationBins? {
        guard let histogram, let sums = histogram.scoreSums else { return nil }
        var counts = [Double](repeating: 0, count: width)
        var scoreSums = counts
        var positives = counts
        for bin in 0..<edges.count {
            let target = edges.equalWidthBin(bin, of: width)
            counts[target] += histogram.negatives[bin] + histogram.positives[bin]
            positives[target] += histogram.positives[bin]
            scoreSums[target] += sums[bin]
        }
        return try? CalibrationBins(counts: counts, scoreSums: scoreSums, positives: positives)
    }
}

extension BoundedValue {
    /// The most by which the value may be off.
    var bound: Double {
        max(bounds.high - value, value - bounds.low)
    }
}
