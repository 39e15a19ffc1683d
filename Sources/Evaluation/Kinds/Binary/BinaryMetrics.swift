package import Statistics

/// The figures of a binary model in a window from which its metrics come: from its cells, and from rows where they are
/// at hand.
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
            Double(totals.binary(total, group))
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

    // MARK: - Decisions at the threshold

    func decision(_ metric: ConfusionMetric) -> MetricEstimate {
        guard let value = metric.value(in: counts) else {
            return .undefined(n: n, undefinedReason(metric))
        }
        let interval = MetricInterval(metric.interval(in: counts), else: .atLimit)
        return MetricEstimate(value, interval, n: n)
    }

    /// Which of the counts that a metric divides by is 0.
    private func undefinedReason(_ metric: ConfusionMetric) -> MetricReason {
        switch metric {
        case .precision: .noneReachThreshold
        case .recall: .noPositives
        case .specificity: .noNegatives
        case .f1, .jaccard: .noPositivesAnywhere
        case .negativePredictiveValue: .allReachThreshold
        case .accuracy, .balancedAccuracy, .matthewsCorrelation, .cohenKappa:
            missingClass
                ?? (counts.predictedPositives == 0 ? .noneReachThreshold : .allReachThreshold)
        }
    }

    /// Which class has no labels; `nil` where both have.
    private var missingClass: MetricReason? {
        if counts.positives == 0 { return .noPositives }
        return counts.negatives == 0 ? .noNegatives : nil
    }

    // MARK: - Ranking

    mutating func area() -> MetricEstimate {
        if let missingClass { return .undefined(n: n, missingClass) }
        let estimate = rows.map(deLong) ?? histogram.flatMap(deLong)
        let interval = MetricInterval(
            estimate?.interval(),
            else: estimate?.standardError == nil ? .singleOfClass : .atLimit
        )
        if rows != nil, let estimate { return MetricEstimate(estimate.area, interval, n: n) }
        guard let area = histogram.flatMap(areaUnderCurve) else {
            return .undefined(n: n, .noLabels)
        }
        return MetricEstimate(area.value, interval, n: n, bound: area.bound)
    }

    mutating func averagePrecision() -> MetricEstimate {
        let value: Double?
        var bound = 0.0
        if let rows {
            value = Statistics.averagePrecision(rows)
        } else {
            let bounded = histogram.flatMap { Statistics.averagePrecision($0) }
            value = bounded?.value
            bound = bounded?.bound ?? 0
        }
        guard let value else { return .undefined(n: n, .noPositives) }
        let interval = averagePrecisionInterval(value, positives: counts.positives)
        return MetricEstimate(value, MetricInterval(interval, else: .atLimit), n: n, bound: bound)
    }

    // MARK: - Losses

    func mean(_ loss: BinaryTotal, _ range: WindowCells.MeanRange) -> MetricEstimate {
        MetricEstimate(
            mean(loss),
            window.interval({ $0.labelledSum(loss) }, range),
            n: n
        )
    }

    private func mean(_ loss: BinaryTotal) -> Double {
        Double(window.cell.totals.labelledSum(loss)) / Double(n)
    }

    // MARK: - Calibration

    /// The Brier score split into miscalibration, discrimination and uncertainty (CORP).
    private(set) lazy var parts = decomposition()

    private mutating func decomposition() -> (
        miscalibration: MetricEstimate, discrimination: MetricEstimate, uncertainty: MetricEstimate
    ) {
        let score = mean(.brier)
        let bounded = histogram.flatMap { scoreDecomposition($0, meanScore: score) }
        let exact = rows.map { scoreDecomposition($0) }
        func part(_ exact: Double?, _ bounded: BoundedValue?) -> MetricEstimate {
            withoutInterval(exact ?? bounded?.value, bound: exact == nil ? bounded?.bound ?? 0 : 0)
        }
        return (
            part(exact?.miscalibration, bounded?.miscalibration),
            part(exact?.discrimination, bounded?.discrimination),
            withoutInterval(exact?.uncertainty ?? bounded?.uncertainty)
        )
    }

    /// A metric without an interval; `value` is `nil` only without rows.
    private func withoutInterval(_ value: Double?, bound: Double = 0) -> MetricEstimate {
        guard let value else { return .undefined(n: n, .noLabels) }
        return MetricEstimate(value, .missing(.notEstimated), n: n, bound: bound)
    }

    mutating func calibrationError(
        _ width: Int,
        _ error: (CalibrationBins) -> Double?
    ) -> MetricEstimate {
        withoutInterval(equalWidthBins(width).flatMap(error))
    }

    /// The line in log odds from what was said to what happened.
    private(set) lazy var line = fit()

    private mutating func fit() -> (intercept: MetricEstimate, slope: MetricEstimate) {
        let bins = rows == nil ? histogram.flatMap { CalibrationBins($0) } : nil
        guard let fit = rows.map(calibrationFit) ?? bins.flatMap({ calibrationFit($0) }) else {
            let reason = missingClass ?? (hasEqualScores(bins) ? .equalScores : .separableClasses)
            let undefined = MetricEstimate.undefined(n: n, reason)
            return (undefined, undefined)
        }
        let bound: Double? = rows == nil ? nil : 0
        func estimate(_ value: Double, _ interval: Interval) -> MetricEstimate {
            MetricEstimate(value, .between(interval), n: n, bound: bound)
        }
        return (
            estimate(fit.intercept, fit.interceptInterval()),
            estimate(fit.slope, fit.slopeInterval())
        )
    }

    /// Whether the scores that a fit sees are one: those of rows, or the means of bins.
    private func hasEqualScores(_ bins: CalibrationBins?) -> Bool {
        let scores =
            rows?.probabilities
            ?? bins.map { bins in
                bins.counts.indices.filter { bins.counts[$0] > 0 }
                    .map { bins.scoreSums[$0] / bins.counts[$0] }
            } ?? []
        return Set(scores.map { min(max($0, Self.oddsClip), 1 - Self.oddsClip) }).count < 2
    }

    /// How near to 0 and 1 a fit of log odds takes scores.
    private static let oddsClip = 1e-6

    // MARK: - Means

    func meanScore() -> MetricEstimate {
        var sum: Int128 = 0
        for group in [BinaryGroup.negative, .positive] {
            let first = 2 * group.rawValue * edges.count
            for bin in 0..<edges.count { sum += Int128(slots[first + 2 * bin + 1]) }
        }
        return withoutInterval(FixedPoint.value(ofScoreSum: sum) / Double(n))
    }

    func baseRate() -> MetricEstimate {
        let rate = wilsonInterval(successes: counts.positives, trials: Double(n))
        return MetricEstimate(
            counts.positives / Double(n),
            MetricInterval(rate, else: .noLabels),
            n: n
        )
    }

    // MARK: - Bins

    private var edges: ScoreEdges { window.isFine ? .fine : .coarse }

    private func bins(_ group: BinaryGroup) -> (counts: [Double], scoreSums: [Double]) {
        let edges = edges
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
    private lazy var histogram = labelledScores()

    private func labelledScores() -> ScoreHistogram? {
        let (negatives, positives) = (bins(.negative), bins(.positive))
        return try? ScoreHistogram(
            negatives: negatives.counts,
            positives: positives.counts,
            scoreSums: zip(negatives.scoreSums, positives.scoreSums).map { $0 + $1 }
        )
    }

    /// Equal-width bins [a, b): exact, because the fine bins lie within them.
    package mutating func equalWidthBins(_ width: Int) -> CalibrationBins? {
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
