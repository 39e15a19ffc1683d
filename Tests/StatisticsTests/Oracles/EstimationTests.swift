import Statistics
import Testing

@Suite struct EstimationTests {
    static let oracle = Oracle("10_perf_estimation")

    @Test func `estimated performance agrees with NannyML`() throws {
        let reference = try BinaryForecasts(
            probabilities: Fixtures.numbers("10_perf_estimation/cbpe_reference.csv", "p"),
            outcomes: Fixtures.outcomes("10_perf_estimation/cbpe_reference.csv")
        )
        let map = RecalibrationMap.isotonic(fitting: reference)
        let scores = Fixtures.numbers("10_perf_estimation/cbpe_analysis.csv", "p")
        let calibrated = scores.map { map($0) }
        let e = Self.oracle["cbpe"].expected
        expectClose(
            Array(calibrated[..<10]),
            e["calibrated_first10"].doubles,
            relative: 1e-13
        )
        for chunk in 0..<4 {
            let rows = (500 * chunk)..<(500 * chunk + 500)
            let estimate = try EstimatedPerformance(
                scores: Array(scores[rows]),
                calibrated: Array(calibrated[rows]),
                threshold: 0.5
            )
            func check(_ value: Double?, _ name: String, _ relative: Double = 1e-12) {
                expectClose(value, e[name]["value"][chunk].double, relative: relative)
            }
            check(estimate.counts.truePositives, "true_positive")
            check(estimate.counts.falsePositives, "false_positive")
            check(estimate.counts.trueNegatives, "true_negative")
            check(estimate.counts.falseNegatives, "false_negative")
            check(estimate.counts.accuracy, "accuracy")
            check(estimate.counts.precision, "precision")
            check(estimate.counts.recall, "recall")
            check(estimate.counts.specificity, "specificity")
            check(estimate.counts.f1, "f1")
            // The reference rounds cumulated counts to five decimals.
            check(estimate.areaUnderCurve, "roc_auc", 1e-7)
            check(estimate.averagePrecision, "average_precision", 1e-7)
            if chunk == 0 {
                let p = Self.oracle["poisson_binomial_accuracy"].expected
                expectClose(estimate.counts.accuracy, p["mean"].double, relative: 1e-12)
                expectClose(estimate.accuracyDeviation, p["sd"].double, relative: 1e-12)
            }
        }
        let counts = ConfusionCounts(reference, threshold: 0.5)
        for (metric, name) in [
            (ConfusionMetric.accuracy, "accuracy"), (.precision, "precision"),
            (.recall, "recall"), (.specificity, "specificity"),
        ] {
            expectClose(
                samplingError(metric, reference: counts, rowCount: 500),
                e[name]["sampling_error"][0].double,
                relative: 1e-12
            )
        }
    }

    @Test func `usual ranges agree with NannyML`() throws {
        let p = Fixtures.numbers("10_perf_estimation/cbpe_reference.csv", "p")
        let y = Fixtures.outcomes("10_perf_estimation/cbpe_reference.csv")
        let chunks = try (0..<4).map { chunk in
            let rows = (500 * chunk)..<(500 * chunk + 500)
            return try BinaryForecasts(
                probabilities: Array(p[rows]),
                outcomes: Array(y[rows])
            )
        }
        let e = Self.oracle["cbpe"].expected
        func check(_ values: [Double?], _ name: String) throws {
            let range = try usualRange(referenceValues: values.compactMap { $0 })
            expectClose(range.high, e[name]["upper_threshold"][0].double, relative: 1e-12)
            expectClose(range.low, e[name]["lower_threshold"][0].double, relative: 1e-12)
        }
        try check(chunks.map { areaUnderCurve($0) }, "roc_auc")
        try check(chunks.map { ConfusionCounts($0, threshold: 0.5).f1 }, "f1")
        try check(chunks.map { ConfusionCounts($0, threshold: 0.5).accuracy }, "accuracy")
        try check(chunks.map { averagePrecision($0) }, "average_precision")
    }

    @Test func `realised performance agrees with scikit-learn`() throws {
        let p = Fixtures.numbers("10_perf_estimation/cbpe_analysis.csv", "p")
        let y = Fixtures.outcomes("10_perf_estimation/cbpe_analysis.csv")
        let e = Self.oracle["realised"].expected
        for chunk in 0..<4 {
            let rows = (500 * chunk)..<(500 * chunk + 500)
            let forecasts = try BinaryForecasts(
                probabilities: Array(p[rows]),
                outcomes: Array(y[rows])
            )
            let counts = ConfusionCounts(forecasts, threshold: 0.5)
            expectClose(areaUnderCurve(forecasts), e["roc_auc"][chunk].double, relative: 1e-13)
            expectClose(counts.accuracy, e["accuracy"][chunk].double, relative: 1e-14)
            expectClose(counts.f1, e["f1"][chunk].double, relative: 1e-14)
        }
    }
}
