import Statistics
import Testing

@Suite struct DeLongTests {
    @Test func `single and paired areas agree with the fast algorithm`() throws {
        let e = Oracle("01_binary")["delong_paired"].expected
        for score in ["champion", "shadow"] {
            let estimate = try #require(deLong(try BinaryMetricTests.forecasts(score)))
            expectClose(estimate.area, e[score]["auc"].double, relative: 4e-15)
            expectClose(estimate.standardError, e[score]["se"].double, relative: 1e-13)
            expectClose(estimate.interval()?.low, e[score]["logit_lo"].double, relative: 1e-13)
            expectClose(estimate.interval()?.high, e[score]["logit_hi"].double, relative: 1e-13)
        }
        let paired = try #require(
            try pairedDeLong(
                championScores: Fixtures.numbers(BinaryMetricTests.file, "champion"),
                shadowScores: Fixtures.numbers(BinaryMetricTests.file, "shadow"),
                outcomes: Fixtures.outcomes(BinaryMetricTests.file)
            )
        )
        let p = e["paired"]
        // The reference subtracts shadow from champion.
        expectClose(paired.gain, -p["diff"].double, relative: 1e-13)
        expectClose(paired.standardError, p["se"].double, relative: 1e-12)
        expectClose(paired.z, -p["z"].double, relative: 1e-12)
        expectClose(paired.pValue, p["p"].double, relative: 1e-11)
        expectClose(paired.interval()?.low, -p["hi"].double, relative: 1e-12)
        expectClose(paired.interval()?.high, -p["lo"].double, relative: 1e-12)
        expectClose(paired.covariance, p["cov"][0][1].double, relative: 1e-12)
    }

    @Test func `areas, variances and the test agree with R pROC`() throws {
        let e = Fixtures.json("01_binary/expected_R_pROC.json")
        let paired = try #require(
            try pairedDeLong(
                championScores: Fixtures.numbers(BinaryMetricTests.file, "champion"),
                shadowScores: Fixtures.numbers(BinaryMetricTests.file, "shadow"),
                outcomes: Fixtures.outcomes(BinaryMetricTests.file)
            )
        )
        // R prints 15 digits.
        expectClose(paired.champion, e["auc_champion"].double, relative: 2e-15)
        expectClose(paired.shadow, e["auc_shadow"].double, relative: 2e-15)
        expectClose(paired.championVariance, e["var_champion"].double, relative: 1e-13)
        expectClose(paired.shadowVariance, e["var_shadow"].double, relative: 1e-13)
        expectClose(paired.covariance, e["cov"].double, relative: 1e-12)
        expectClose(paired.z, -e["z_paired"].double, relative: 1e-12)
        expectClose(paired.pValue, e["p_paired"].double, relative: 1e-11)
    }

    @Test func `seven rows with a tie agree with R pROC`() throws {
        let e = Fixtures.json("01_binary/expected_R_pROC_tiny.json")
        let paired = try #require(
            try pairedDeLong(
                championScores: e["s1"].doubles,
                shadowScores: e["s2"].doubles,
                outcomes: e["y"].doubles.map { $0 == 1 }
            )
        )
        expectClose([paired.champion, paired.shadow], e["auc"].doubles, relative: 2e-15)
        expectClose(
            [paired.championVariance, paired.shadowVariance],
            e["var"].doubles,
            relative: 1e-13
        )
        expectClose(paired.covariance, e["cov"].double, relative: 1e-13)
        expectClose(paired.z, -e["z"].double, relative: 1e-13)
        expectClose(paired.pValue, e["p"].double, relative: 1e-13)
    }

    @Test func `identical rankings have p-value 1 and a perfect area a marked interval`() throws {
        let outcomes = [false, false, true, true]
        let paired = try #require(
            try pairedDeLong(
                championScores: [0.1, 0.4, 0.4, 0.9],
                shadowScores: [0.1, 0.4, 0.4, 0.9],
                outcomes: outcomes
            )
        )
        #expect(paired.pValue == 1)
        let perfect = try #require(
            deLong(try BinaryForecasts(probabilities: [0.1, 0.2, 0.8, 0.9], outcomes: outcomes))
        )
        #expect(perfect.area == 1)
        #expect(perfect.interval() == nil)
        #expect(perfect.degenerateInterval() == wilsonInterval(successes: 2, trials: 2))
    }

    @Test func `areas on different rows compare as R pROC does it`() throws {
        let e = Fixtures.json("01_binary/expected_R_pROC.json")
        let champion = try #require(deLong(try BinaryMetricTests.forecasts("champion")))
        let shadow = try #require(deLong(try BinaryMetricTests.forecasts("shadow")))
        let first = try #require(champion.standardError)
        let second = try #require(shadow.standardError)
        let (v, w) = (first * first, second * second)
        let statistic = (champion.area - shadow.area) / (v + w).squareRoot()
        let freedom = (v + w) * (v + w) / (v * v / 399 + w * w / 399)
        expectClose(statistic, e["D_unpaired"].double, relative: 1e-12)
        expectClose(freedom, e["df_unpaired"].double, relative: 1e-11)
        expectClose(
            StudentT(degreesOfFreedom: freedom).twoSidedPValue(statistic),
            e["p_unpaired"].double,
            relative: 1e-11
        )
    }
}
