import Foundation
import Statistics
import Testing

@Suite struct DistributionTests {
    static let oracle = Oracle("00_distributions")

    static func rows(_ id: String) -> [[Double]] {
        oracle[id].expected["rows"].array.map(\.doubles)
    }

    @Test func `normal quantiles and log tails agree with mpmath`() {
        for row in Self.rows("normal_quantile") {
            expectClose(Normal.quantile(row[0]), row[1], relative: 4e-15)
        }
        for row in Self.rows("normal_log_cdf") {
            expectClose(Normal.logCumulative(row[0]), row[1], relative: 1e-14)
        }
        #expect(Normal.quantile(0.5) == 0)
        #expect(Normal.quantile(0) == nil && Normal.quantile(1) == nil)
    }

    @Test func `gamma and beta functions agree with mpmath`() {
        for row in Self.rows("log_gamma") {
            expectClose(logGamma(row[0]), row[1], relative: 4e-15)
        }
        for row in Self.rows("log_beta") {
            expectClose(logBeta(row[0], row[1]), row[2], relative: 1e-14)
        }
    }

    @Test func `incomplete gamma functions agree with mpmath in both tails`() {
        for row in Self.rows("gamma_cdf") {
            let gamma = Gamma(shape: row[0])
            expectClose(gamma.cumulative(row[1]), row[2], relative: 1e-13)
            expectClose(gamma.survival(row[1]), row[3], relative: 1e-13)
        }
    }

    @Test func `incomplete beta functions agree with mpmath in both tails`() {
        for row in Self.rows("beta_cdf") {
            let beta = Beta(row[0], row[1])
            expectClose(beta.cumulative(row[2]), row[3], relative: 1e-13)
            expectClose(beta.survival(row[2]), row[4], relative: 1e-13)
        }
    }

    @Test func `Student t agrees with mpmath`() {
        for row in Self.rows("t_cdf") {
            expectClose(
                StudentT(degreesOfFreedom: row[0]).cumulative(row[1]),
                row[2],
                relative: 1e-13
            )
        }
        for row in Self.rows("t_quantile") {
            expectClose(
                StudentT(degreesOfFreedom: row[0]).quantile(row[1]),
                row[2],
                relative: 1e-13
            )
            expectClose(
                StudentT(degreesOfFreedom: row[0]).quantile(1 - row[1]),
                -row[2],
                relative: row[1] < 1e-3 ? 1e-6 : 1e-12
            )
        }
    }

    @Test func `quantiles of chi-squared and beta agree with mpmath`() {
        for row in Self.rows("chi_squared_quantile") {
            expectClose(
                ChiSquared(degreesOfFreedom: row[0]).quantile(row[1]),
                row[2],
                relative: 1e-13
            )
        }
        for row in Self.rows("beta_quantile") {
            expectClose(Beta(row[0], row[1]).quantile(row[2]), row[3], relative: 1e-13)
        }
    }

    @Test func `binomial tails and quantiles are those of summed terms`() {
        // Bin(4, ½): 1/16, 5/16, 11/16, 15/16, 1.
        let four = Binomial(trials: 4, probability: 0.5)
        expectClose(
            (0...4).map { four.cumulative($0) },
            [1, 5, 11, 15, 16].map { $0 / 16 },
            relative: 1e-14
        )
        #expect(four.quantile(0.5) == 2 && four.quantile(0.3) == 1 && four.quantile(1) == 4)
    }
}
