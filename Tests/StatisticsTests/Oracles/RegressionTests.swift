import Statistics
import Testing

@Suite struct RegressionTests {
    static let oracle = Oracle("03_regression")
    static let file = "03_regression/reg250.csv"

    static func points(weighted: Bool = false) throws -> PointForecasts {
        try PointForecasts(
            predictions: Fixtures.numbers(file, "pred"),
            outcomes: Fixtures.numbers(file, "y"),
            weights: weighted ? Fixtures.numbers(file, "weight") : nil
        )
    }

    static func quantiles() throws -> QuantileForecasts {
        let names = ["q05", "q10", "q25", "q50", "q75", "q90", "q95"]
        let columns = names.map { Fixtures.numbers(file, $0) }
        return try QuantileForecasts(
            levels: [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95],
            quantiles: columns[0].indices.flatMap { row in columns.map { $0[row] } },
            outcomes: Fixtures.numbers(file, "y")
        )
    }

    @Test func `point errors agree with scikit-learn and SciPy`() throws {
        let forecasts = try Self.points()
        let totals = forecasts.totals
        let e = Self.oracle["point"].expected
        expectClose(totals.meanAbsoluteError, e["mae"].double, relative: 1e-13)
        expectClose(totals.meanSquaredError, e["mse"].double, relative: 1e-13)
        expectClose(totals.rootMeanSquaredError, e["rmse"].double, relative: 1e-13)
        expectClose(totals.bias, e["bias_pred_minus_y"].double, relative: 1e-12)
        expectClose(totals.weightedAbsolutePercentageError, e["wape"].double, relative: 1e-13)
        expectClose(totals.determination, e["r2"].double, relative: 1e-12)
        expectClose(determination(forecasts), e["r2"].double, relative: 1e-13)
        expectClose(explainedVariance(forecasts), e["explained_variance"].double, relative: 1e-13)
        expectClose(medianAbsoluteError(forecasts), e["medae"].double, relative: 1e-14)
        expectClose(maximumError(forecasts), e["max_error"].double, relative: 1e-15)
        let percentage = try #require(meanAbsolutePercentageError(forecasts))
        expectClose(percentage.value, e["mape_excluding_zero"].double, relative: 1e-13)
        // scikit-learn keeps the row with y = 0 and reports 1.6e14.
        #expect(percentage.excludedCount == 1)
        expectClose(symmetricPercentageError(forecasts), e["smape_0_1"].double, relative: 1e-13)
        expectClose(
            200 * symmetricPercentageError(forecasts),
            e["smape_0_200"].double,
            relative: 1e-13
        )
        expectClose(pearsonCorrelation(forecasts), e["pearson"].double, relative: 1e-13)
        expectClose(spearmanCorrelation(forecasts), e["spearman"].double, relative: 1e-13)
        let weighted = try Self.points(weighted: true)
        expectClose(weighted.totals.meanAbsoluteError, e["w_mae"].double, relative: 1e-13)
        expectClose(weighted.totals.rootMeanSquaredError, e["w_rmse"].double, relative: 1e-13)
        expectClose(determination(weighted), e["w_r2"].double, relative: 1e-13)
    }

    @Test func `merged totals equal one pass`() throws {
        let forecasts = try Self.points()
        var (left, right) = (RegressionTotals(), RegressionTotals())
        for row in 0..<forecasts.count {
            let (p, y) = (forecasts.predictions[row], forecasts.outcomes[row])
            if row % 3 == 0 {
                left.add(prediction: p, outcome: y)
            } else {
                right.add(prediction: p, outcome: y)
            }
        }
        left.merge(right)
        expectClose(
            left.rootMeanSquaredError,
            try #require(forecasts.totals.rootMeanSquaredError),
            relative: 1e-14
        )
        #expect(left.count == 250)
    }

    @Test func `quantile forecasts agree with scikit-learn and scoringrules`() throws {
        let forecasts = try Self.quantiles()
        let p = Self.oracle["pinball"].expected
        let losses = pinballLoss(forecasts)
        for (index, name) in ["q05", "q10", "q25", "q50", "q75", "q90", "q95"].enumerated() {
            expectClose(losses[index], p[name].double, relative: 1e-13)
        }
        expectClose(
            losses.reduce(0, +) / 7,
            p["mean_over_levels"].double,
            relative: 1e-13
        )
        // D²: one minus the loss over that of the sample median.
        let median = forecasts.outcomes.sorted()[124...125].reduce(0, +) / 2
        let constant = forecasts.outcomes.map {
            pinballLossOfRow(quantile: median, outcome: $0, level: 0.5)
        }
        expectClose(
            1 - losses[3] / (constant.reduce(0, +) / 250),
            p["d2_pinball_50"].double,
            relative: 1e-12
        )
        let i = Self.oracle["intervals"].expected
        let ninety = try #require(intervalPerformance(forecasts, alpha: 0.1))
        expectClose(ninety.coverage, i["coverage_90"].double, relative: 1e-15)
        expectClose(ninety.meanWidth, i["width_90"].double, relative: 1e-13)
        expectClose(ninety.intervalScore, i["interval_score_90"].double, relative: 1e-13)
        expectClose(
            intervalPerformance(forecasts, alpha: 0.2)?.coverage,
            i["coverage_80"].double,
            relative: 1e-15
        )
        expectClose(
            intervalPerformance(forecasts, alpha: 0.5)?.coverage,
            i["coverage_50"].double,
            relative: 1e-15
        )
        // The reference's array code adds the median where its documentation, and its compiled
        // code, add |y − median|: the difference is put back.
        let wis = try #require(weightedIntervalScore(forecasts))
        let rows = 0..<forecasts.count
        let medians = rows.reduce(0) { $0 + forecasts[$1, 3] } / 250
        let distance = 2 * losses[3]
        expectClose(wis + 0.5 * (medians - distance) / 3.5, i["wis"].double, relative: 1e-13)
        // With these levels the score is the quantile form of the CRPS.
        expectClose(wis, quantileRankedProbabilityScore(forecasts), relative: 1e-13)
        let c = Self.oracle["quantile_calibration"].expected
        expectClose(
            quantileCalibration(forecasts).map(\.share),
            c["empirical"].doubles,
            relative: 1e-15
        )
    }

    @Test func `ranked probability scores agree with scoringrules`() throws {
        let e = Self.oracle["crps"].expected
        let mean = Fixtures.numbers(Self.file, "pred")
        let deviation = Fixtures.numbers(Self.file, "sd")
        let y = Fixtures.numbers(Self.file, "y")
        let scores = y.indices.map {
            normalRankedProbabilityScore(
                mean: mean[$0],
                standardDeviation: deviation[$0],
                outcome: y[$0]
            )
        }
        expectClose(
            scores.reduce(0, +) / 250,
            e["crps_gaussian_closed"].double,
            relative: 1e-13
        )
        expectClose(
            quantileRankedProbabilityScore(try Self.quantiles()),
            e["crps_quantile_scoringrules"].double,
            relative: 1e-13
        )
        let logScores = y.indices.map {
            normalLogScore(mean: mean[$0], standardDeviation: deviation[$0], outcome: y[$0])
        }
        expectClose(
            logScores.reduce(0, +) / 250,
            e["log_score_gaussian"].double,
            relative: 1e-13
        )
        let ensemble = Self.oracle["crps_ensemble"]
        for (index, outcome) in ensemble.parameters["y"].doubles.enumerated() {
            let members = ensemble.parameters["ens"][index].doubles
            expectClose(
                ensembleRankedProbabilityScore(
                    members: members,
                    outcome: outcome,
                    estimator: .empirical
                ),
                ensemble.expected["nrg"][index].double,
                relative: 1e-12
            )
            expectClose(
                ensembleRankedProbabilityScore(members: members, outcome: outcome),
                ensemble.expected["fair"][index].double,
                relative: 1e-12
            )
        }
    }

    @Test func `probability integral transforms agree with SciPy`() throws {
        let e = Self.oracle["pit"].expected
        let mean = Fixtures.numbers(Self.file, "pred")
        let deviation = Fixtures.numbers(Self.file, "sd")
        let y = Fixtures.numbers(Self.file, "y")
        let values = y.indices.map { Normal.cumulative((y[$0] - mean[$0]) / deviation[$0]) }
        expectClose(Array(values[..<5]), e["first5"].doubles, relative: 1e-14)
        let test = try uniformityTest(values)
        expectClose(test.distance, e["ks"].double, relative: 1e-13)
        expectClose(test.pValue, e["ks_p"].double, relative: 1e-9)
        expectClose(test.cramerVonMises, e["cvm"].double, relative: 1e-12)
        var histogram = [Double](repeating: 0, count: 10)
        for value in values { histogram[min(9, Int(value * 10))] += 1 }
        #expect(histogram == e["hist10"].doubles)
    }

}
