import Foundation
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

    @Test(arguments: oracle.cases.filter { $0.id.contains("_em_") && !$0.id.contains("sweep") })
    func `equal-count errors agree when ties are split by the order of rows`(
        oracle: Oracle.Case
    ) throws {
        let bins = CalibrationBins(
            equalRank: try Self.forecasts(oracle.parameters["col"].string),
            count: oracle.parameters["bins"].int
        )
        let e = oracle.expected
        expectClose(bins.expectedCalibrationError(), e["ece"].double, relative: 1e-12)
        expectClose(bins.maximumCalibrationError(), e["mce"].double, relative: 1e-12)
        expectClose(bins.averageCalibrationError(), e["ace"].double, relative: 1e-12)
        expectClose(bins.rootMeanSquareCalibrationError(), e["rmsce"].double, relative: 1e-12)
        expectClose(bins.debiasedSquaredError(), e["unbiased_square_ce"].double, relative: 1e-9)
    }

    @Test(arguments: ["p", "p_coarse"])
    func `errors on the edges of uncertainty-calibration agree with it`(column: String) throws {
        let forecasts = try Self.forecasts(column)
        let e = Oracle("04_calibration", "expected_uncertainty_calibration.json")[
            "\(column)_verified_uncertainty"
        ].expected
        let bins = CalibrationBins(forecasts, upperEdges: e["em_edges15"].doubles)
        expectClose(bins.expectedCalibrationError(), e["ece_em_15"].double, relative: 1e-12)
        expectClose(
            bins.rootMeanSquareCalibrationError(),
            e["l2_plugin_em15"].double,
            relative: 1e-12
        )
        expectClose(
            bins.debiasedCalibrationError(),
            e["l2_debiased_em15"].double,
            relative: 1e-11
        )
        let ten = CalibrationBins(equalWidth: forecasts, count: 10, edges: .upper)
        expectClose(
            ten.debiasedCalibrationError(),
            e["l2_debiased_ew10"].double,
            relative: 1e-11
        )
        let fifteen = CalibrationBins(equalWidth: forecasts, count: 15, edges: .upper)
        expectClose(fifteen.expectedCalibrationError(), e["ece_ew_15"].double, relative: 1e-12)
    }

    @Test func `bins of equal mass never split equal scores`() throws {
        let forecasts = try Self.forecasts("p_coarse")
        let bins = CalibrationBins(equalMass: forecasts, count: 10)
        let shuffled = try BinaryForecasts(
            probabilities: forecasts.probabilities.reversed(),
            outcomes: forecasts.outcomes.reversed()
        )
        #expect(CalibrationBins(equalMass: shuffled, count: 10).counts == bins.counts)
        #expect(bins.total == 1000)
        #expect(bins.counts.count <= 10)
        let one = try BinaryForecasts(
            probabilities: [0.5, 0.5, 0.5, 0.7],
            outcomes: [true, false, true, true]
        )
        #expect(CalibrationBins(equalMass: one, count: 4).counts == [3, 1])
    }

    @Test(arguments: ["p", "p_coarse"])
    func `the sweep stops at the bins of the reference`(column: String) throws {
        let e = Self.oracle["\(column)_ece_sweep_em"].expected
        let sweep = calibrationSweep(try Self.forecasts(column))
        #expect(sweep.binCount == e["norm1"]["bins"].int)
        expectClose(sweep.expectedError, e["norm1"]["value"].double, relative: 1e-11)
        expectClose(sweep.rootMeanSquareError, e["norm2"]["value"].double, relative: 1e-11)
    }

    @Test(arguments: ["p", "p_coarse"])
    func `smooth calibration errors agree with relplot`(column: String) throws {
        let forecasts = try Self.forecasts(column)
        let e = Self.oracle["\(column)_smece"].expected
        let smooth = smoothCalibrationError(forecasts)
        expectClose(smooth.value, e["smece"].double, relative: 1e-12)
        #expect(smooth.bandwidth == e["sigma"].double)
        for (sigma, key) in [(0.05, "0p05"), (0.1, "0p1"), (0.01, "0p01"), (1, "1")] {
            expectClose(
                smoothCalibrationError(forecasts, bandwidth: sigma),
                e["smece_sigma_\(key)"].double,
                relative: 1e-12
            )
        }
    }

    @Test func `the smooth error of a split histogram is that of the rows`() throws {
        let forecasts = try Self.forecasts("p")
        var counts = [Double](repeating: 0, count: 1001)
        var residuals = counts
        for (p, y) in zip(forecasts.probabilities, forecasts.outcomes) {
            let point = min(Int(p * 1000), 999)
            let share = p * 1000 - Double(point)
            counts[point] += 1 - share
            counts[point + 1] += share
            residuals[point] += (1 - share) * (p - (y ? 1 : 0))
            residuals[point + 1] += share * (p - (y ? 1 : 0))
        }
        let grid = try #require(
            try smoothCalibrationError(gridCounts: counts, residuals: residuals)
        )
        #expect(grid.bandwidth == smoothCalibrationError(forecasts).bandwidth)
        expectClose(grid.value, smoothCalibrationError(forecasts).value, relative: 1e-12)
    }

    @Test(arguments: ["p", "p_coarse"])
    func `Spiegelhalter and Hosmer-Lemeshow agree`(column: String) throws {
        let forecasts = try Self.forecasts(column)
        let s = Self.oracle["\(column)_spiegelhalter"].expected
        let test = try #require(spiegelhalterTest(forecasts))
        expectClose(test.z, s["z"].double, relative: 1e-11)
        expectClose(test.pValue, s["p_two_sided"].double, relative: 1e-10)
        let h = Self.oracle["\(column)_hosmer_lemeshow"].expected
        let groups = try #require(
            hosmerLemeshowTest(CalibrationBins(equalRank: forecasts, count: 10))
        )
        expectClose(groups.statistic, h["stat"].double, relative: 1e-11)
        expectClose(groups.pValue, h["p_df_g"].double, relative: 1e-10)
        expectClose(groups.inSamplePValue, h["p_df_g_minus_2"].double, relative: 1e-10)
        if column == "p" {
            let r = Fixtures.json("04_calibration/expected_R_rms.json")
            expectClose(test.z, r["val_prob"]["S:z"].double, relative: 1e-12)
        }
    }

    @Test func `the consistency band holds the diagonal and repeats with its seed`() throws {
        let forecasts = try Self.forecasts("p_coarse")
        let band = consistencyBand(forecasts, resamples: 200, seed: 7)
        #expect(band == consistencyBand(forecasts, resamples: 200, seed: 7))
        for (score, (low, high)) in zip(band.scores, zip(band.low, band.high)) {
            #expect(low <= score + 0.1 && high >= score - 0.1 && low <= high)
        }
        // The model is calibrated: its MCB is of the size that chance gives.
        let parts = scoreDecomposition(forecasts)
        #expect(parts.miscalibration < 2 * band.meanMiscalibration)
        #expect(consistencyInterval(count: 100, meanScore: 0.5) == Interval(low: 0.42, high: 0.58))
    }

    @Test func `recalibration maps recalibrate and survive their JSON`() throws {
        let forecasts = try Self.forecasts("p")
        let maps = [
            RecalibrationMap.platt(fitting: forecasts), .isotonic(fitting: forecasts),
            .beta(fitting: forecasts),
        ]
        for map in maps {
            let recalibrated = try BinaryForecasts(
                probabilities: forecasts.probabilities.map { map($0) },
                outcomes: forecasts.outcomes
            )
            // The map that a perfect recalibration could not beat gains MCB = 0.0169; a line gains a part of it.
            #expect(brierScore(recalibrated) < brierScore(forecasts) - 0.009)
            let data = try JSONEncoder().encode(map)
            #expect(try JSONDecoder().decode(RecalibrationMap.self, from: data) == map)
            var last = 0.0
            for step in 0...100 {
                #expect(map(Double(step) / 100) >= last)
                last = map(Double(step) / 100)
            }
        }
        let fit = try #require(calibrationFit(forecasts))
        guard
            case .platt(let intercept, let slope) = RecalibrationMap.platt(
                fitting: forecasts,
                penalty: 1e-9
            )
        else { return }
        expectClose(intercept, fit.intercept, relative: 1e-8)
        expectClose(slope, fit.slope, relative: 1e-8)
    }

    @Test(arguments: ["p", "p_coarse"])
    func `netcal agrees wherever no score lies on an edge of a bin`(column: String) throws {
        let forecasts = try Self.forecasts(column)
        let e = Oracle("04_calibration", "expected_netcal.json")["\(column)_netcal"].expected
        for count in [10, 15] {
            let bins = CalibrationBins(equalWidth: forecasts, count: count)
            let ece = e["ece\(count)"].double
            if column == "p_coarse", count == 10 {
                // numpy's edges 0.3 and 0.7 are a bit off, so rows on them change bins.
                #expect(abs(try #require(bins.expectedCalibrationError()) - ece) < 0.002)
            } else {
                expectClose(bins.expectedCalibrationError(), ece, relative: 1e-12)
                expectClose(
                    bins.averageCalibrationError(),
                    e["ace\(count)"].double,
                    relative: 1e-12
                )
            }
            expectClose(
                bins.maximumCalibrationError(),
                e["mce\(count)"].double,
                relative: 1e-11
            )
        }
        if column == "p" {
            let ranked = CalibrationBins(equalRank: forecasts, count: 10)
            expectClose(
                ranked.expectedCalibrationError(),
                e["ece_em10"].double,
                relative: 1e-12
            )
        }
    }

    @Test func `fits and bands of narrow bins come near to those of rows`() throws {
        let forecasts = try Self.forecasts("p_coarse")
        // Scores with two decimals: a hundred bins hold one score each, so nothing is lost.
        let bins = CalibrationBins(equalWidth: forecasts, count: 100)
        let (rows, binned) = (IsotonicRegression(forecasts), IsotonicRegression(bins))
        #expect(rows.blocks.map(\.count) == binned.blocks.map(\.count))
        #expect(rows.blocks.map(\.value) == binned.blocks.map(\.value))
        expectClose(binned.blocks.map(\.low), rows.blocks.map(\.low), relative: 1e-12)
        let map = RecalibrationMap.isotonic(binned)
        expectClose(map(0.5), RecalibrationMap.isotonic(rows)(0.5), relative: 1e-12)
        guard case .platt(_, let slope) = RecalibrationMap.platt(fitting: bins),
            case .platt(_, let exact) = RecalibrationMap.platt(fitting: forecasts)
        else { return }
        expectClose(slope, exact, relative: 1e-9)
        let band = try #require(consistencyBand(bins, resamples: 2000, seed: 3))
        let resampled = consistencyBand(forecasts, resamples: 1000, seed: 3)
        for score in [0.25, 0.5, 0.75] {
            let a = try #require(band.scores.firstIndex { abs($0 - score) < 1e-9 })
            let b = try #require(resampled.scores.firstIndex { abs($0 - score) < 1e-9 })
            expectClose(band.low[a], resampled.low[b], relative: 0, absolute: 0.02)
            expectClose(band.high[a], resampled.high[b], relative: 0, absolute: 0.02)
        }
        expectClose(band.meanMiscalibration, resampled.meanMiscalibration, relative: 0.15)
    }

    @Test func `binomial draws have the mean and variance of the distribution`() {
        var generator = SeededGenerator(seed: 9)
        for (n, p) in [(10, 0.3), (1000, 0.02), (5000, 0.4), (100, 0.97), (3, 0), (3, 1)] {
            let distribution = Binomial(trials: n, probability: p)
            var (sum, squares) = (0.0, 0.0)
            for _ in 0..<4000 {
                let k = Double(distribution.sample(using: &generator))
                sum += k
                squares += k * k
            }
            let (mean, variance) = (Double(n) * p, Double(n) * p * (1 - p))
            // Four standard errors of 4000 draws.
            expectClose(sum / 4000, mean, relative: 0, absolute: 0.064 * variance.squareRoot())
            expectClose(
                squares / 4000 - sum / 4000 * sum / 4000,
                variance,
                relative: 0.1,
                absolute: 1e-9
            )
        }
    }
}
