import Testing

@testable import Evaluation

/// Every reason is produced by its own cause.
struct MetricReasonTests {
    private func reason(
        _ metric: String,
        _ rows: [(score: Double, label: Double, day: Int)],
        _ kind: TaskKind = .binary,
        exact: Bool = false
    ) -> MetricReason? {
        var table = MetricRows(kind)
        for row in rows { table.add(row.score, row.label, day: row.day) }
        return (exact ? table.exactMetrics : table.metrics())[metric]?.reason
    }

    @Test(arguments: [false, true])
    func `of a binary metric without a value`(exact: Bool) {
        let positives = [(0.9, 1.0, 0), (0.2, 1.0, 1)]
        let negatives = [(0.9, 0.0, 0), (0.2, 0.0, 1)]
        let low = [(0.1, 1.0, 0), (0.2, 0.0, 1)]
        let high = [(0.8, 1.0, 0), (0.9, 0.0, 1)]
        #expect(reason("brier_score", []) == .noLabels)
        #expect(reason("recall", negatives, exact: exact) == .noPositives)
        #expect(reason("average_precision", negatives, exact: exact) == .noPositives)
        #expect(reason("roc_auc", negatives, exact: exact) == .noPositives)
        #expect(reason("roc_auc", positives, exact: exact) == .noNegatives)
        #expect(reason("specificity", positives, exact: exact) == .noNegatives)
        #expect(reason("mcc", positives, exact: exact) == .noNegatives)
        #expect(reason("balanced_accuracy", negatives, exact: exact) == .noPositives)
        #expect(reason("precision", low, exact: exact) == .noneReachThreshold)
        #expect(reason("mcc", low, exact: exact) == .noneReachThreshold)
        #expect(reason("mcc", high, exact: exact) == .allReachThreshold)
        #expect(reason("negative_predictive_value", high, exact: exact) == .allReachThreshold)
        #expect(reason("f1", [(0.1, 0, 0)], exact: exact) == .noPositivesAnywhere)
        #expect(reason("calibration_slope", positives, exact: exact) == .noNegatives)
        #expect(
            reason("calibration_slope", [(0.3, 0, 0), (0.3, 1, 1)], exact: exact) == .equalScores
        )
        #expect(
            reason("calibration_intercept", [(0.2, 0, 0), (0.7, 1, 1)], exact: exact)
                == .separableClasses
        )
    }

    @Test func `of a regression metric without a value`() {
        #expect(reason("mae", [], .regression) == .noLabels)
        #expect(reason("wape", [(1, 0, 0), (2, 0, 1)], .regression) == .zeroLabels)
        #expect(reason("r2", [(1, 0, 0)], .regression) == .singleLabel)
        #expect(reason("r2", [(1, 1e6, 0), (2, 1e6, 1)], .regression) == .equalLabels)
        #expect(reason("r2", [(1, 1e6, 0), (2, 1e6 + 1e-3, 1)], .regression) == .notEstimated)
        let task = PredictionTask(id: 1, name: "t", kind: .regression)
        var cell = ModelCell(layout: CellLayout(kind: .regression), fine: true)
        cell.totals.numbers[RegressionTotal.labelled.rawValue] = 2
        var damaged = WindowCells(task: task)
        damaged.add(cell, day: 0, isMature: true)
        let median = task.kind.scoring.estimates(
            of: damaged,
            rows: nil,
            wanted: ["median_ae"]
        )
        #expect(median.map(\.estimate.reason) == [.damagedCells])
    }

    @Test func `of an interval that is missing or of another kind`() {
        let oneDay = [(0.9, 1.0, 3), (0.2, 0.0, 3)]
        #expect(reason("brier_score", oneDay) == .labelsOfOneDay)
        #expect(reason("log_loss", oneDay) == .labelsOfOneDay)
        #expect(reason("mean_error", oneDay, .regression) == .labelsOfOneDay)
        let equal = [(0.25, 0.0, 0), (0.25, 0.0, 1)]
        #expect(reason("brier_score", equal) == .rowsForDays)
        #expect(reason("log_loss", equal) == .equalDays)
        #expect(reason("rmse", equal, .regression) == .equalDays)
        #expect(reason("mean_error", equal, .regression) == .equalDays)
        #expect(reason("brier_score", [(1, 0, 0), (1, 0, 1)]) == .rowsForDays)
        #expect(reason("roc_auc", [(0.1, 0, 0), (0.2, 1, 0), (0.3, 0, 0)]) == .singleOfClass)
        let perfect = [(0.1, 0.0, 0), (0.2, 0.0, 0), (0.8, 1.0, 0), (0.9, 1.0, 0)]
        #expect(reason("roc_auc", perfect) == .atLimit)
        #expect(reason("average_precision", perfect) == .atLimit)
        #expect(reason("ece_10", perfect) == .notEstimated)
    }

    @Test func `no metric lacks a value or an interval without a reason, or has words of its own`()
    {
        for n in 0..<6 {
            for kind in [TaskKind.binary, .regression] {
                var table = MetricRows(kind)
                for row in 0..<n { table.add(Double(row % 3) / 2, Double(row % 2), day: row / 2) }
                for (name, metric) in table.metrics() {
                    let isWhole = metric.value != nil && metric.low != nil && metric.high != nil
                    #expect(isWhole || metric.reason != nil, "\(name) of \(n) rows")
                    #expect(metric.low.map { $0 <= (metric.value ?? 0) } ?? true, "\(name) \(n)")
                }
            }
        }
        for reason in MetricReason.allCases {
            #expect(reason.rawValue.first?.isLowercase == true)
            #expect(!reason.rawValue.hasSuffix("."))
        }
    }

    @Test func `an interval stays where its metric can be`() {
        // Two very different days: with Student's t the score's interval would go from −4 to 5.
        var binary = MetricRows(.binary)
        var regression = MetricRows(.regression)
        for row in 0..<20 {
            binary.add(row < 10 ? 0.1 : 0.9, 0, day: row / 10)
            regression.add(row < 10 ? 1 : 40, 0, day: row / 10)
        }
        let metrics = binary.metrics().merging(regression.metrics()) { $1 }
        for name in ["brier_score", "log_loss", "mae", "rmse"] {
            let low = metrics[name]?.low ?? -1
            #expect(low >= 0 && low < metrics[name]?.value ?? 0, "\(name)")
        }
        #expect(metrics["brier_score"]?.high ?? 2 <= 1)
        // No row loses more than −ln 1e-15.
        #expect(metrics["log_loss"]?.high ?? 99 <= 34.54)
    }
}
