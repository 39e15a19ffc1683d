import Statistics
import Testing

@Suite struct WeightedScoreTests {
    @Test(arguments: ["champion", "shadow"])
    func `weighted scores agree with scikit-learn`(score: String) throws {
        let weighted = try WeightedBinaryForecasts(
            try BinaryMetricTests.forecasts(score),
            weights: Fixtures.numbers(BinaryMetricTests.file, "weight")
        )
        let e = BinaryMetricTests.oracle["\(score)_threshold_free"].expected
        expectClose(areaUnderCurve(weighted), e["w_roc_auc"].double, relative: 1e-13)
        expectClose(averagePrecision(weighted), e["w_average_precision"].double, relative: 1e-13)
        expectClose(logLoss(weighted).value, e["w_log_loss"].double, relative: 1e-13)
        expectClose(brierScore(weighted), e["w_brier"].double, relative: 1e-13)
        for threshold in ["0.5", "0.3"] {
            let counts = ConfusionCounts(weighted, threshold: Double(threshold) ?? .nan)
            let c = BinaryMetricTests.oracle["\(score)_thr\(threshold)"].expected
            expectClose(counts.accuracy, c["weighted_accuracy"].double, relative: 1e-13)
            expectClose(counts.f1, c["weighted_f1"].double, relative: 1e-13)
        }
    }

    @Test(arguments: ["champion", "shadow"])
    func `the partial area agrees with scikit-learn`(score: String) throws {
        let curve = try #require(
            ReceiverOperatingCharacteristic(try BinaryMetricTests.forecasts(score))
        )
        let e = BinaryMetricTests.oracle["\(score)_threshold_free"].expected
        expectClose(
            curve.partialArea(toFalsePositiveRate: 0.2),
            e["partial_auc_fpr02_mcclish"].double,
            relative: 1e-12
        )
        let all = try #require(
            ReceiverOperatingCharacteristic(
                try BinaryMetricTests.forecasts(score),
                keepsCollinear: true
            )
        )
        #expect(all.points.count > curve.points.count)
        expectClose(
            all.partialArea(toFalsePositiveRate: 1),
            e["roc_auc"].double,
            relative: 1e-13
        )
        let last = try #require(curve.points.last)
        #expect(last.falsePositiveRate == 1 && last.truePositiveRate == 1)
    }

    @Test func `precision and recall points add up to the average precision`() throws {
        let forecasts = try BinaryMetricTests.forecasts("shadow")
        let curve = try #require(PrecisionRecallCurve(forecasts))
        var (sum, recall) = (0.0, 0.0)
        for point in curve.points {
            sum += (point.recall - recall) * point.precision
            recall = point.recall
        }
        expectClose(sum, try #require(averagePrecision(forecasts)), relative: 1e-13)
    }

    @Test func `a weighted mean has the error of its formula`() throws {
        // x̄ = (1·1 + 3·2)/4 = 1.75; SE = √((¼·0.75)² + (¾·0.25)²) = 0.1875·√2
        let estimate = try MeanEstimate(values: [1, 2], weights: [1, 3])
        #expect(estimate.mean == 1.75)
        expectClose(estimate.standardError, 0.1875 * 1.4142135623730951, relative: 1e-15)
        #expect(effectiveCount(weights: [1, 1, 1, 1]) == 4)
        #expect(effectiveCount(weights: [1, 0]) == 1)
    }
}
