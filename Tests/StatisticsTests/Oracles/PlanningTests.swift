import Statistics
import Testing

@Suite struct PlanningTests {
    static let cases: [(sigma: Double, gain: Double)] = [
        (0.1, 0.002), (0.05, 0.002), (0.3, 0.01), (1, 0.1),
    ]

    @Test(arguments: cases)
    func `sequential sizes agree with the reference`(sigma: Double, gain: Double) throws {
        let name = "sigma\(sigma == 1 ? "1" : "\(sigma)")_delta\(gain)"
        let e = Oracle("12_planning")["mean_difference"].expected[name]
        let plan = try #require(SequentialSampleSize(gain: gain, variance: sigma * sigma))
        expectClose(plan.median, e["seq_median_tuned"].double, relative: 1e-10)
        expectClose(plan.atPower, e["seq_p80_tuned"].double, relative: 1e-10)
        let more = try #require(
            SequentialSampleSize(gain: -gain, variance: sigma * sigma, power: 0.9)
        )
        expectClose(more.atPower, e["seq_p90_tuned"].double, relative: 1e-10)
        let rho = normalMixtureRho(variance: plan.median * sigma * sigma, alpha: 0.05)
        for (factor, key) in [(10.0, "seq_median_rho10x"), (0.1, "seq_median_rho_tenth")] {
            let fixed = SequentialSampleSize(
                gain: gain,
                variance: sigma * sigma,
                rhoSquared: 1 / (rho * factor)
            )
            expectClose(fixed?.median, e[key].double, relative: 1e-10)
        }
    }

    @Test func `the plan counts what is still to come`() throws {
        let plan = try #require(SequentialSampleSize(gain: 0.1, variance: 1))
        #expect(plan.remaining(after: 900).median == 22)
        #expect(plan.remaining(after: 5000).atPower == 0)
        #expect(SequentialSampleSize(gain: 0, variance: 1) == nil)
        #expect(SequentialSampleSize(gain: 1, variance: 0) == nil)
    }
}
