import Statistics
import Testing

@Suite struct BoundaryTests {
    static let oracle = Oracle("06_anytime")

    @Test func `boundaries agree with confseq over nine decades of variance`() {
        let grid = Self.oracle["bounds_grid"]
        for name in grid.expected.keys {
            let e = grid.expected[name]
            let parts = name.split(separator: "_")
            let alpha = Double(parts[0].dropFirst("alpha".count)) ?? .nan
            let optimum = Double(parts[1].dropFirst("vopt".count)) ?? .nan
            for (index, v) in e["v"].doubles.enumerated() {
                let two = normalMixtureRho(variance: optimum, alpha: alpha)
                // The reference stops its bisection at 2⁻⁴⁰ of the bracket.
                expectClose(
                    normalMixtureBoundary(variance: v, rho: two, alpha: alpha),
                    e["normal_two_sided"][index].double,
                    relative: 1e-11
                )
                let one = normalMixtureRho(variance: optimum, alpha: 2 * alpha)
                expectClose(
                    oneSidedNormalMixtureBoundary(variance: v, rho: one, alpha: alpha),
                    e["normal_one_sided"][index].double,
                    relative: 1e-10
                )
                for (scale, key) in [(1, "c1"), (2, "c2"), (0.1, "c0p1")] {
                    let mixture = GammaExponentialMixture(
                        optimumVariance: optimum,
                        alpha: alpha,
                        scale: scale
                    )
                    expectClose(
                        mixture.boundary(variance: v, alpha: alpha),
                        e["gamma_exp_\(key)"][index].double,
                        relative: grid.relativeTolerance
                    )
                }
                for (scale, key) in [(0.0, "c0"), (1, "c1")] {
                    expectClose(
                        polynomialStitchingBoundary(
                            variance: v,
                            minimumVariance: optimum,
                            scale: scale,
                            alpha: alpha
                        ),
                        e["poly_stitch_\(key)"][index].double,
                        relative: 1e-12
                    )
                }
            }
        }
    }

    @Test func `log mixtures agree with confseq and comparecast`() {
        let e = Self.oracle["log_mixture"].expected
        let gamma = GammaExponentialMixture(optimumVariance: 10, alpha: 0.05, scale: 1)
        for (index, pair) in e["sv"].array.enumerated() {
            let (s, v) = (pair[0].double, pair[1].double)
            expectClose(
                logOneSidedNormalMixture(
                    sum: s,
                    variance: v,
                    rho: normalMixtureRho(variance: 10, alpha: 0.1)
                ),
                e["normal_one"][index].double,
                relative: 1e-12
            )
            expectClose(
                logNormalMixture(
                    sum: s,
                    variance: v,
                    rho: normalMixtureRho(variance: 10, alpha: 0.05)
                ),
                e["normal_two"][index].double,
                relative: 1e-12
            )
            expectClose(
                gamma.logMixture(sum: s, variance: v),
                e["gamma_exp_c1"][index].double,
                relative: 1e-9
            )
        }
    }

    @Test func `mixtures stay numbers at a billion rows and beyond the range of Double`() {
        let gamma = GammaExponentialMixture(optimumVariance: 10, alpha: 0.025, scale: 2)
        #expect(gamma.logMixture(sum: 1e9, variance: 1e9).isFinite)
        #expect(gamma.logMixture(sum: 1e9, variance: 1e9) > 1e8)
        #expect(gamma.logMixture(sum: -1e9, variance: 1e9).isFinite)
        let normal = normalMixtureBoundary(
            variance: 1e9,
            rho: normalMixtureRho(variance: 10, alpha: 0.05),
            alpha: 0.05
        )
        let bound = gamma.boundary(variance: 1e9, alpha: 0.025)
        // At such variance the scale of the tails no longer matters much.
        expectClose(bound, normal, relative: 0.03)
        #expect(logOneSidedNormalMixture(sum: -1e6, variance: 1, rho: 1).isFinite)
    }

    @Test func `the asymptotic sequence agrees with its formula`() {
        let oracle = Self.oracle["asympcs_lindeberg_exact"]
        let x = Fixtures.numbers("06_anytime/bounded300.csv", "x")
        let sequence = AsymptoticConfidenceSequence(optimumTime: 100, variance: 1)
        expectClose(sequence.rhoSquared, oracle.parameters["rho2"].double, relative: 1e-14)
        for (index, t) in oracle.expected["t"].doubles.enumerated() {
            let head = x[..<Int(t)]
            let mean = head.reduce(0, +) / t
            let variance = head.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / t
            let radius = sequence.radius(count: t, variance: variance)
            expectClose(
                mean - radius,
                oracle.expected["lower"][index].double,
                relative: 1e-12
            )
            expectClose(
                mean + radius,
                oracle.expected["upper"][index].double,
                relative: 1e-12
            )
            // The e-value against either limit is exactly 1/α.
            expectClose(
                sequence.logEValue(
                    mean: mean,
                    count: t,
                    variance: variance,
                    nullMean: mean - radius
                ),
                2.995732273553991,
                relative: 1e-12
            )
        }
    }
}
