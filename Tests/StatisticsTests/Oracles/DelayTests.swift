import Statistics
import Testing

@Suite struct DelayTests {
    static let oracle = Oracle("09_delay")
    static let file = "09_delay/delay900.csv"

    struct Row {
        let eventDay: Int
        let score: Double
        let arrivalDay: Int?
        let label: Bool?

        /// The age on day 59, the last full day.
        var age: Int { 59 - eventDay }
        var delay: Int? { arrivalDay.map { $0 - eventDay } }
        var bin: Int { min(Int(score * 10), 9) }
        var isMature: Bool { age >= 30 }
    }

    static let rows: [Row] = {
        let columns = Fixtures.csv(file)
        let days = Fixtures.numbers(file, "event_day")
        let scores = Fixtures.numbers(file, "score")
        let arrivals = columns["arrival_day"] ?? []
        let labels = columns["label"] ?? []
        return days.indices.map {
            Row(
                eventDay: Int(days[$0]),
                score: scores[$0],
                arrivalDay: Int(arrivals[$0]),
                label: labels[$0].isEmpty ? nil : labels[$0] == "1"
            )
        }
    }()

    @Test func `maturity agrees with lifelines and R survival`() throws {
        let maturity = try LabelMaturity(
            ages: Self.rows.map { $0.delay ?? $0.age },
            isLabelled: Self.rows.map { $0.delay != nil }
        )
        let e = Self.oracle["maturity_km"].expected
        for (index, age) in e["ages"].doubles.enumerated() {
            expectClose(
                maturity.share(atAge: Int(age)),
                e["maturity"][index].double,
                relative: 1e-12
            )
            expectClose(
                maturity.standardErrors[Int(age)],
                e["greenwood_se"][index].double,
                relative: 1e-12
            )
        }
        for (index, age) in e["lifelines_survival_at"].doubles.enumerated() {
            expectClose(
                1 - maturity.share(atAge: Int(age)),
                e["lifelines_survival"][index].double,
                relative: 1e-12
            )
        }
        let r = Fixtures.json("09_delay/expected_R_survival.json")
        for (index, age) in r["ages"].doubles.enumerated() {
            // R prints 12 digits.
            expectClose(
                1 - maturity.share(atAge: Int(age)),
                r["surv"][index].double,
                relative: 1e-11
            )
            expectClose(
                maturity.standardErrors[Int(age)],
                r["se"][index].double,
                relative: 1e-11
            )
        }
        let watermark = try #require(maturity.watermark())
        let plateau = try #require(maturity.shares.last)
        #expect(maturity.share(atAge: watermark) >= 0.95 * plateau)
        #expect(maturity.share(atAge: watermark - 1) < 0.95 * plateau)
    }

    static func reverseHazard() throws -> ReverseHazard {
        let reports = rows.filter { $0.label == true && ($0.delay ?? 99) <= 30 }
        return try ReverseHazard(
            delays: reports.map { $0.delay ?? 0 },
            observableAges: reports.map(\.age),
            window: 30
        )
    }

    @Test func `reverse hazards of reports agree`() throws {
        let hazard = try Self.reverseHazard()
        let e = Self.oracle["reverse_hazard_positives"].expected
        for (index, age) in e["ages"].doubles.enumerated() {
            expectClose(
                hazard.share(atAge: Int(age)),
                e["G"][index].double,
                relative: 1e-13
            )
        }
        for (index, age) in [1, 3, 7, 14, 21, 29, 30].enumerated() {
            #expect(hazard.atRisk[age] == e["at_risk"][index].int)
        }
    }

    @Test func `the chain ladder agrees`() throws {
        let e = Self.oracle["chain_ladder"].expected
        let ladder = try #require(
            ChainLadder(
                cumulative: e["cumulative"].array.map { row in
                    row.array.map { $0.isNull ? nil : $0.double }
                }
            )
        )
        expectClose(ladder.factors, e["factors"].doubles, relative: 1e-14)
        expectClose(ladder.maturity, e["maturity"].doubles, relative: 1e-14)
        #expect(ChainLadder(cumulative: [[0, 1], [nil, nil]]) == nil)
    }

    @Test func `weighting and completed histograms agree`() throws {
        let mature = Self.rows.filter(\.isMature)
        let e = Self.oracle["ipw_begg_greenes"].expected
        let propensity = try LabelPropensity(
            strata: mature.map(\.bin),
            isLabelled: mature.map { $0.label != nil },
            count: 10
        )
        #expect(propensity.rows == e["bin_counts"].doubles)
        #expect(propensity.labelled == e["bin_labelled"].doubles)
        let labelled = mature.filter { $0.label != nil }
        let forecasts = try BinaryForecasts(
            probabilities: labelled.map(\.score),
            outcomes: labelled.map { $0.label == true }
        )
        let shares = labelled.map { propensity[$0.bin] ?? 1 }
        let mean = try inverseProbabilityMean(
            losses: brierLosses(forecasts),
            propensities: shares,
            rowCount: mature.count
        )
        expectClose(brierScore(forecasts), e["brier_naive"].double, relative: 1e-13)
        expectClose(mean.mean, e["brier_hajek"].double, relative: 1e-13)
        expectClose(mean.standardError, e["brier_hajek_se"].double, relative: 1e-13)
        expectClose(mean.horvitzThompson, e["brier_ht"].double, relative: 1e-13)
        expectClose(mean.effectiveCount, e["ess"].double, relative: 1e-13)
        expectClose(areaUnderCurve(forecasts), e["auc_naive_exact"].double, relative: 1e-13)
        let weighted = try WeightedBinaryForecasts(forecasts, weights: shares.map { 1 / $0 })
        expectClose(areaUnderCurve(weighted), e["auc_ipw_exact"].double, relative: 1e-12)

        var (negatives, positives) = ([Double](repeating: 0, count: 10), [Double]())
        positives = negatives
        for row in labelled {
            if row.label == true { positives[row.bin] += 1 } else { negatives[row.bin] += 1 }
        }
        #expect(positives == e["bin_pos"].doubles)
        let verified = try ScoreHistogram(negatives: negatives, positives: positives)
        let completed = try #require(
            try completedHistogram(labelled: verified, counts: propensity.rows)
        )
        expectClose(
            areaUnderCurve(verified)?.value,
            e["auc_naive_binned"].double,
            relative: 1e-13
        )
        expectClose(
            areaUnderCurve(completed)?.value,
            e["auc_begg_greenes_binned"].double,
            relative: 1e-13
        )
        let naive = ConfusionCounts(verified, firstPositiveBin: 5)
        let corrected = ConfusionCounts(completed, firstPositiveBin: 5)
        expectClose(naive.recall, e["sens_naive"].double, relative: 1e-14)
        expectClose(naive.specificity, e["spec_naive"].double, relative: 1e-14)
        expectClose(corrected.recall, e["sens_bg_0p5"].double, relative: 1e-13)
        expectClose(corrected.specificity, e["spec_bg_0p5"].double, relative: 1e-13)
    }

    @Test func `the doubly robust mean agrees`() throws {
        let mature = Self.rows.filter(\.isMature)
        let propensity = try LabelPropensity(
            strata: mature.map(\.bin),
            isLabelled: mature.map { $0.label != nil },
            count: 10
        )
        let estimate = try augmentedMean(
            expectedLosses: mature.map {
                expectedBrierLoss(probability: $0.score, calibrated: $0.score)
            },
            losses: mature.map { row in
                row.label.map {
                    ($0 ? 1 - row.score : row.score) * ($0 ? 1 - row.score : row.score)
                }
            },
            propensities: mature.map { propensity[$0.bin] ?? 1 }
        )
        let e = Oracle("09_delay", "expected_aipw.json")["aipw_brier"].expected
        expectClose(estimate.mean, e["estimate"].double, relative: 1e-13)
        expectClose(estimate.standardError, e["se"].double, relative: 1e-13)
        expectClose(estimate.normalInterval()?.low, e["lo"].double, relative: 1e-13)
        expectClose(estimate.normalInterval()?.high, e["hi"].double, relative: 1e-13)
        #expect(estimate.degreesOfFreedom + 1 == e["n"].int)
    }

    @Test func `representativeness agrees with SciPy`() throws {
        let mature = Self.rows.filter(\.isMature)
        let check = try #require(
            Representativeness(
                try BinaryForecasts(
                    probabilities: mature.map(\.score),
                    outcomes: mature.map { $0.label != nil }
                )
            )
        )
        let e = Self.oracle["representativeness"].expected
        expectClose(check.binTest?.statistic, e["chi2"].double, relative: 1e-12)
        #expect(check.binTest?.degreesOfFreedom == e["dof"].int)
        expectClose(check.binTest?.pValue, e["p"].double, relative: 1e-12)
        expectClose(check.binTest?.cramersV, e["cramers_v"].double, relative: 1e-13)
        expectClose(check.distance, e["ks"].double, relative: 1e-13)
        expectClose(check.distancePValue, e["ks_p"].double, relative: 1e-9)
        expectClose(check.propensityArea, e["propensity_auc"].double, relative: 1e-13)
    }

    @Test func `the maturity-adjusted mean agrees`() throws {
        let hazard = try Self.reverseHazard()
        let rows = Self.rows.filter { $0.age < 30 && hazard.share(atAge: $0.age) >= 0.5 }
        let estimate = try maturityAdjustedMean(
            lossesIfNegative: rows.map { $0.score * $0.score },
            lossesIfPositive: rows.map { (1 - $0.score) * (1 - $0.score) },
            isReported: rows.map { $0.label == true },
            maturities: rows.map { hazard.share(atAge: $0.age) }
        )
        let e = Self.oracle["maturity_adjusted_brier"].expected
        #expect(rows.count == e["n"].int)
        expectClose(estimate.mean, e["adjusted"].double, relative: 1e-12)
        expectClose(estimate.standardError, e["se"].double, relative: 1e-12)
        // p = ½ and half of the reports in: ¼/(¾).
        expectClose(
            probabilityOfUnreportedEvent(probability: 0.5, maturity: 0.5),
            1.0 / 3,
            relative: 1e-15
        )
    }
}
