import Statistics
import Testing

@Suite struct McNemarTests {
    @Test(arguments: Oracle("05_paired").cases(prefix: "mcnemar_"))
    func `p-values and the interval agree with statsmodels`(oracle: Oracle.Case) throws {
        let b = oracle.parameters["champion_only_correct"].int
        let c = oracle.parameters["shadow_only_correct"].int
        let n = b + c + oracle.parameters["n11"].int + oracle.parameters["n00"].int
        let test = McNemar(championOnly: b, shadowOnly: c)
        let e = oracle.expected
        expectClose(test.exactPValue, e["exact_p"].double, relative: 1e-12)
        expectClose(test.midPValue, e["midp"].double, relative: 1e-12)
        if b + c == 0 {
            // statsmodels divides 0 by 0; no discordant rows are no evidence at all.
            #expect(test.chiSquared == nil)
            #expect(test.correctedChiSquared == nil)
            #expect(test.chiSquaredPValue == 1)
        } else {
            expectClose(test.chiSquared, e["chi2"].double, relative: 1e-14)
            expectClose(test.chiSquaredPValue, e["chi2_p"].double, relative: 1e-12)
            expectClose(test.correctedChiSquared, e["chi2_cc"].double, relative: 1e-14)
            expectClose(test.correctedChiSquaredPValue, e["chi2_cc_p"].double, relative: 1e-12)
        }
        let gain = try #require(accuracyGain(championOnly: b, shadowOnly: c, total: n))
        // The reference subtracts shadow from champion.
        expectClose(gain.gain, -e["diff"].double, relative: 1e-15)
        expectClose(gain.interval.low, -e["bonett_price"][1].double, relative: 1e-12)
        expectClose(gain.interval.high, -e["bonett_price"][0].double, relative: 1e-12)
    }

    @Test func `a billion discordant rows are no trouble`() {
        let test = McNemar(championOnly: 500_020_000, shadowOnly: 499_980_000)
        // z = 40 000/√1e9 = 1.2649 and the tests meet at such n.
        expectClose(test.midPValue, test.chiSquaredPValue, relative: 1e-6)
        #expect(McNemar(championOnly: 1_000_000_000, shadowOnly: 0).midPValue == 0)
    }
}
