import Statistics
import Testing

@Suite struct BinaryMetricTests {
    static let oracle = Oracle("01_binary")
    static let file = "01_binary/binary400.csv"

    static func forecasts(_ score: String) throws -> BinaryForecasts {
        try BinaryForecasts(
            probabilities: Fixtures.numbers(file, score),
            outcomes: Fixtures.outcomes(file)
        )
    }

    @Test(arguments: ["champion_thr0.5", "champion_thr0.3", "shadow_thr0.5", "shadow_thr0.3"])
    func `confusion metrics agree with scikit-learn`(id: String) throws {
        let oracle = Self.oracle[id]
        let counts = ConfusionCounts(
            try Self.forecasts(oracle.parameters["score"].string),
            threshold: oracle.parameters["threshold"].double
        )
        let e = oracle.expected
        #expect(counts.truePositives == e["tp"].double)
        #expect(counts.falsePositives == e["fp"].double)
        #expect(counts.falseNegatives == e["fn"].double)
        #expect(counts.trueNegatives == e["tn"].double)
        // One division each: a few roundings.
        let tolerance = 4e-15
        expectClose(counts.accuracy, e["accuracy"].double, relative: tolerance)
        expectClose(counts.precision, e["precision"].double, relative: tolerance)
        expectClose(counts.recall, e["recall"].double, relative: tolerance)
        expectClose(counts.specificity, e["specificity"].double, relative: tolerance)
        expectClose(counts.negativePredictiveValue, e["npv"].double, relative: tolerance)
        expectClose(counts.f1, e["f1"].double, relative: tolerance)
        expectClose(counts.fScore(beta: 2), e["f2"].double, relative: tolerance)
        expectClose(counts.fScore(beta: 0.5), e["f05"].double, relative: tolerance)
        expectClose(counts.matthewsCorrelation, e["mcc"].double, relative: tolerance)
        expectClose(counts.balancedAccuracy, e["balanced_accuracy"].double, relative: tolerance)
        expectClose(counts.cohenKappa, e["cohen_kappa"].double, relative: tolerance)
        expectClose(counts.jaccard, e["jaccard"].double, relative: tolerance)
    }

    @Test(arguments: ["champion", "shadow"])
    func `scores without a threshold agree with scikit-learn`(score: String) throws {
        let forecasts = try Self.forecasts(score)
        let e = Self.oracle["\(score)_threshold_free"].expected
        expectClose(areaUnderCurve(forecasts), e["roc_auc"].double, relative: 4e-15)
        expectClose(averagePrecision(forecasts), e["average_precision"].double, relative: 4e-15)
        // Sums of 400 terms in another order.
        expectClose(logLoss(forecasts).value, e["log_loss"].double, relative: 1e-14)
        expectClose(brierScore(forecasts), e["brier"].double, relative: 1e-14)
        expectClose(scoreSeparation(forecasts), e["ks_separation"].double, relative: 1e-14)
    }

    @Test(arguments: ["champion", "shadow"])
    func `means of losses have the t interval`(score: String) throws {
        let forecasts = try Self.forecasts(score)
        let brier = try MeanEstimate(values: brierLosses(forecasts))
        let log = try MeanEstimate(
            values: zip(forecasts.probabilities, forecasts.outcomes).map {
                logLossOfRow(probability: $0, outcome: $1)
            }
        )
        for (estimate, id) in [(brier, "brier"), (log, "log_loss")] {
            let e = Self.oracle["\(score)_\(id)_clt"].expected
            expectClose(estimate.mean, e["mean"].double, relative: 1e-14)
            expectClose(estimate.standardError, e["se"].double, relative: 1e-13)
            expectClose(estimate.interval()?.low, e["t_lo"].double, relative: 1e-13)
            expectClose(estimate.interval()?.high, e["t_hi"].double, relative: 1e-13)
        }
    }

    @Test func `log loss clips and counts the clipped rows`() throws {
        let oracle = Self.oracle["log_loss_clip"]
        let forecasts = try BinaryForecasts(
            probabilities: oracle.parameters["p"].doubles,
            outcomes: oracle.parameters["y"].doubles.map { $0 == 1 }
        )
        let result = logLoss(forecasts, clip: oracle.expected["eps"].double)
        expectClose(result.value, oracle.expected["value"].double, relative: 1e-15)
        #expect(result.clippedCount == 2)
    }

    @Test(arguments: oracle.cases(prefix: "prop_"))
    func `intervals of proportions agree with statsmodels`(oracle: Oracle.Case) {
        let k = oracle.parameters["successes"].int
        let n = oracle.parameters["n"].int
        func check(_ interval: Interval?, _ expected: [Double], _ relative: Double) {
            expectClose(interval?.low, expected[0], relative: relative, absolute: 1e-18)
            expectClose(interval?.high, expected[1], relative: relative)
        }
        check(
            wilsonInterval(successes: k, trials: n),
            oracle.expected["wilson"].doubles,
            1e-13
        )
        check(
            wilsonInterval(successes: k, trials: n, level: 0.99),
            oracle.expected["wilson_99"].doubles,
            1e-13
        )
        check(
            clopperPearsonInterval(successes: k, trials: n),
            oracle.expected["beta"].doubles,
            1e-12
        )
    }

    @Test(arguments: oracle.cases(prefix: "edge_").filter { $0.id != "edge_single_class" })
    func `edge cases agree where scikit-learn defines a value`(oracle: Oracle.Case) throws {
        let forecasts = try BinaryForecasts(
            probabilities: oracle.parameters["p"].doubles,
            outcomes: oracle.parameters["y"].doubles.map { $0 == 1 }
        )
        let counts = ConfusionCounts(forecasts, threshold: 0.5)
        let e = oracle.expected
        expectClose(areaUnderCurve(forecasts), e["roc_auc"].double, relative: 1e-15)
        expectClose(averagePrecision(forecasts), e["average_precision"].double, relative: 1e-15)
        expectClose(logLoss(forecasts).value, e["log_loss"].double, relative: 1e-15)
        expectClose(brierScore(forecasts), e["brier"].double, relative: 4e-15)
        expectClose(counts.f1, e["f1"].double, relative: 1e-15)
        if oracle.id == "edge_all_tied" {
            // scikit-learn says 0 where nothing is predicted negative; here it is undefined.
            #expect(counts.matthewsCorrelation == nil)
        } else {
            expectClose(counts.matthewsCorrelation, e["mcc"].double, relative: 1e-15)
        }
    }

    @Test func `one class leaves ranking undefined and keeps the losses`() throws {
        let e = Self.oracle["edge_single_class"].expected
        let ones = try BinaryForecasts(
            probabilities: [0.2, 0.3, 0.9],
            outcomes: [true, true, true]
        )
        let zeros = try BinaryForecasts(
            probabilities: [0.2, 0.3, 0.9],
            outcomes: [false, false, false]
        )
        #expect(areaUnderCurve(ones) == nil)
        #expect(averagePrecision(ones) == e["average_precision_allpos"].double)
        // scikit-learn says 0; without positives there is no recall to average over.
        #expect(averagePrecision(zeros) == nil)
        expectClose(logLoss(ones).value, e["log_loss_allpos"].double, relative: 1e-15)
        let constant = ConfusionCounts(
            truePositives: 2,
            falsePositives: 1,
            falseNegatives: 0,
            trueNegatives: 0
        )
        #expect(constant.matthewsCorrelation == nil)
        #expect(
            ConfusionMetric.matthewsCorrelation.undefinedReason(in: constant)
                == "No row is predicted negative."
        )
        let never = ConfusionCounts(
            truePositives: 0,
            falsePositives: 0,
            falseNegatives: 2,
            trueNegatives: 1
        )
        #expect(never.precision == nil)
    }

    @Test(arguments: ["champion", "shadow"])
    func `F1, balanced accuracy and MCC have intervals from counts`(score: String) throws {
        let e = Oracle("01_binary", "expected_derived_ci.json")["\(score)_derived"].expected
        let counts = ConfusionCounts(try Self.forecasts(score), threshold: 0.5)
        expectClose(counts.f1Interval()?.low, e["f1_lo"].double, relative: 1e-13)
        expectClose(counts.f1Interval()?.high, e["f1_hi"].double, relative: 1e-13)
        expectClose(counts.balancedAccuracyInterval()?.low, e["ba_lo"].double, relative: 1e-13)
        expectClose(counts.balancedAccuracyInterval()?.high, e["ba_hi"].double, relative: 1e-13)
        // The reference takes the gradient by differences of 1e-6.
        expectClose(
            counts.matthewsCorrelationStandardError(),
            e["mcc_se"].double,
            relative: 1e-8
        )
        expectClose(counts.matthewsCorrelationInterval()?.low, e["mcc_lo"].double, relative: 1e-8)
        expectClose(counts.matthewsCorrelationInterval()?.high, e["mcc_hi"].double, relative: 1e-8)
    }

    @Test(arguments: ["champion", "shadow"])
    func `the Poisson bootstrap of rows comes near to the BCa interval of SciPy`(
        score: String
    ) throws {
        let forecasts = try Self.forecasts(score)
        let losses = [
            ("brier", brierLosses(forecasts)),
            (
                "log_loss",
                zip(forecasts.probabilities, forecasts.outcomes).map {
                    logLossOfRow(probability: $0, outcome: $1)
                }
            ),
        ]
        for (name, values) in losses {
            let oracle = Self.oracle["\(score)_\(name)_bca"]
            var bootstrap = PoissonBootstrap(replicates: 1000, seed: 5)
            for (row, value) in values.enumerated() {
                bootstrap.add(entity: UInt64(row), numerator: value, denominator: 1)
            }
            // Monte Carlo on both sides: the file's own tolerance.
            let interval = try #require(bootstrap.interval())
            expectClose(
                interval.low,
                oracle.expected["lo"].double,
                relative: oracle.relativeTolerance
            )
            expectClose(
                interval.high,
                oracle.expected["hi"].double,
                relative: oracle.relativeTolerance
            )
            expectClose(
                bootstrap.standardError,
                oracle.expected["se"].double,
                relative: 0.06
            )
        }
    }
}
