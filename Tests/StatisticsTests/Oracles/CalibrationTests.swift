import Statistics
import Testing

@Suite struct CalibrationTests {
    static let oracle = Oracle("04_calibration")
    static let file = "04_calibration/calib1000.csv"

    static func forecasts(_ column: String) throws -> BinaryForecasts {
        try BinaryForecasts(
            probabilities: Fixtures.numbers(file, column),
            outcomes: Fixtures.outcomes(file)
        )
    }

    static let equalWidth = oracle.cases.filter { $0.id.contains("_ew_") }

    @Test(arguments: equalWidth)
    func `equal-width errors agree in both conventions of edges`(oracle: Oracle.Case) throws {
        let bins = CalibrationBins(
            equalWidth: try Self.forecasts(oracle.parameters["col"].string),
            count: oracle.parameters["bins"].int,
            edges: oracle.id.contains("_ew_right_") ? .upper : .lower
        )
        let e = oracle.expected
        expectClose(bins.expectedCalibrationError(), e["ece"].double, relative: 1e-13)
        expectClose(bins.maximumCalibrationError(), e["mce"].double, relative: 1e-12)
        expectClose(bins.averageCalibrationError(), e["ace"].double, relative: 1e-13)
        expectClose(bins.rootMeanSquareCalibrationError(), e["rmsce"].double, relative: 1e-13)
        expectClose(bins.debiasedSquaredError(), e["unbiased_square_ce"].double, relative: 1e-11)
        expectClose(bins.debiasedCalibrationError(), e["debiased_l2"].double, relative: 1e-11)
    }

    @Test(arguments: ["p", "p_coarse"])
    func `the CORP decomposition agrees with model-diagnostics`(column: String) throws {
        let forecasts = try Self.forecasts(column)
        let e = Self.oracle["\(column)_corp"].expected
        for (score, name) in [(ProperScore.brier, "brier"), (.logarithmic, "logloss")] {
            let parts = scoreDecomposition(forecasts, score: score)
            expectClose(parts.score, e[name]["score"].double, relative: 1e-13)
            expectClose(parts.miscalibration, e[name]["mcb"].double, relative: 1e-12)
            expectClose(parts.discrimination, e[name]["dsc"].double, relative: 1e-12)
            expectClose(parts.uncertainty, e[name]["unc"].double, relative: 1e-14)
        }
        let blocks = IsotonicRegression(forecasts).blocks
        #expect(blocks.count == e["n_blocks"].int)
        for (block, expected) in zip(blocks, e["blocks"].array) {
            #expect(block.low == expected[0].double)
            #expect(block.high == expected[1].double)
            #expect(block.count == expected[2].double)
            expectClose(block.value, expected[3].double, relative: 1e-15)
        }
    }

    @Test func `intercept and slope agree with statsmodels and R`() throws {
        let forecasts = try Self.forecasts("p")
        let fit = try #require(calibrationFit(forecasts))
        let large = try #require(calibrationInTheLarge(forecasts))
        let e = Self.oracle["cox_p"].expected
        expectClose(fit.intercept, e["intercept"].double, relative: 1e-11)
        expectClose(fit.slope, e["slope"].double, relative: 1e-11)
        expectClose(fit.interceptStandardError, e["se_intercept"].double, relative: 1e-7)
        expectClose(fit.slopeStandardError, e["se_slope"].double, relative: 1e-7)
        expectClose(fit.slopeInterval().low, e["ci_slope"][0].double, relative: 1e-7)
        expectClose(fit.slopeInterval().high, e["ci_slope"][1].double, relative: 1e-7)
        expectClose(fit.likelihoodRatio, e["lr_unreliability_df2"].double, relative: 1e-11)
        expectClose(fit.pValue, e["p_unreliability"].double, relative: 1e-10)
        expectClose(large.intercept, e["citl"].double, relative: 1e-11)
        expectClose(large.standardError, e["se_citl"].double, relative: 1e-7)
        expectClose(large.likelihoodRatio, e["lr_citl_df1"].double, relative: 1e-11)
        expectClose(large.pValue, e["p_citl"].double, relative: 1e-10)
        let r = Fixtures.json("04_calibration/expected_R_rms.json")
        expectClose(
            [fit.intercept, fit.slope],
            r["glm_recal"]["coef"].doubles,
            relative: 1e-9
        )
        expectClose(large.intercept, r["glm_recal"]["citl"].double, relative: 1e-9)
        expectClose(fit.likelihoodRatio, r["val_prob"]["U:Chi-sq"].double, relative: 1e-9)
    }

    @Test func `the slope from many narrow bins comes near to the slope from rows`() throws {
        let forecasts = try Self.forecasts("p")
        let rows = try #require(calibrationFit(forecasts))
        let bins = try #require(
            calibrationFit(CalibrationBins(equalWidth: forecasts, count: 1000))
        )
        expectClose(bins.slope, rows.slope, relative: 0.002)
        expectClose(bins.slopeStandardError, rows.slopeStandardError, relative: 0.005)
        expectClose(
            calibrationInTheLarge(CalibrationBins(equalWidth: forecasts, count: 1000))?.intercept,
            try #require(calibrationInTheLarge(forecasts)).intercept,
            relative: 0.001
        )
    }

    @Test func `separated classes, one class and constant scores have no fit`() throws {
        let separated = try BinaryForecasts(
            probabilities: [0.1, 0.2, 0.8, 0.9],
            outcomes: [false, false, true, true]
        )
        #expect(calibrationFit(separated) == nil)
        let one = try BinaryForecasts(probabilities: [0.1, 0.2], outcomes: [true, true])
        #expect(calibrationFit(one) == nil)
        #expect(calibrationInTheLarge(one) == nil)
        let constant = try BinaryForecasts(
            probabilities: [0.3, 0.3, 0.3],
            outcomes: [true, false, false]
        )
        #expect(calibrationFit(constant) == nil)
        #expect(calibrationInTheLarge(constant) != nil)
    }

    @Test func `measures from 100 bins carry the bounds of the reference`() throws {
        let forecasts = try Self.forecasts("p")
        let histogram = ScoreHistogram(forecasts, binCount: 100)
        let e = Self.oracle["histogram_bounds_B100"].expected
        let area = try #require(areaUnderCurve(histogram))
        expectClose(area.value, e["auc_hist"].double, relative: 1e-14)
        expectClose(area.bounds.low, e["auc_lo"].double, relative: 1e-14)
        expectClose(area.bounds.high, e["auc_hi"].double, relative: 1e-14)
        let precision = try #require(averagePrecision(histogram))
        expectClose(precision.bounds.low, e["ap_lo"].double, relative: 1e-13)
        expectClose(precision.bounds.high, e["ap_hi_any_ties"].double, relative: 1e-13)
        #expect(precision.bounds.contains(precision.value))
        let parts = try #require(
            scoreDecomposition(histogram, meanScore: brierScore(forecasts))
        )
        expectClose(parts.miscalibration.bounds.low, e["mcb_lo"].double, relative: 1e-12)
        expectClose(parts.miscalibration.bounds.high, e["mcb_hi"].double, relative: 1e-12)
        expectClose(parts.discrimination.bounds.low, e["dsc_lo"].double, relative: 1e-12)
        expectClose(parts.discrimination.bounds.high, e["dsc_hi"].double, relative: 1e-12)
        expectClose(areaUnderCurve(forecasts), e["auc_exact"].double, relative: 1e-14)
        expectClose(averagePrecision(forecasts), e["ap_exact"].double, relative: 1e-14)
        #expect(
            try #require(scoreSeparation(histogram)).bounds.contains(
                try #require(scoreSeparation(forecasts))
            )
        )
    }
}
