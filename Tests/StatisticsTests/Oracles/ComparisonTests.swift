import Statistics
import Testing

@Suite struct ComparisonTests {
    static let gains = PairedStream.brier.map(\.gain)

    @Test func `score differences agree with statsmodels and SciPy`() throws {
        let e = Oracle("05_paired")["score_difference"].expected
        for lag in [0, 1, 4, 7, 9] {
            let c = e["nw_bartlett_lag\(lag)"]
            let error = (try longRunVariance(Self.gains, lag: lag) / 500).squareRoot()
            let mean = try MeanEstimate(values: Self.gains).mean
            expectClose(mean, c["mean"].double, relative: 1e-12)
            expectClose(error, c["se"].double, relative: 1e-12)
            expectClose(mean / error, c["z"].double, relative: 1e-12)
            expectClose(Normal.twoSidedPValue(mean / error), c["p"].double, relative: 1e-10)
        }
        let t = try MeanEstimate(values: Self.gains)
        let error = try #require(t.standardError)
        expectClose(t.mean / error, e["paired_t"]["t"].double, relative: 1e-12)
        expectClose(
            StudentT(degreesOfFreedom: 499).twoSidedPValue(t.mean / error),
            e["paired_t"]["p"].double,
            relative: 1e-10
        )
        expectClose(t.interval()?.low, e["paired_t"]["ci"][0].double, relative: 1e-12)
        expectClose(t.interval()?.high, e["paired_t"]["ci"][1].double, relative: 1e-12)

        let days = (0..<50).map { Self.gains[(10 * $0)..<(10 * $0 + 10)].reduce(0, +) }
        let cluster = try #require(
            blockMean(
                try CohortSums(counts: [Double](repeating: 10, count: 50), sums: days)
            )
        )
        let clusterError = try #require(cluster.standardError)
        // The block standard error is the CR1 cluster error: CR0 times √(G/(G − 1)).
        expectClose(clusterError, e["cluster_day_CR1_stata"]["se"].double, relative: 1e-12)
        expectClose(
            Normal.twoSidedPValue(cluster.mean / clusterError),
            e["cluster_day_CR1_stata"]["p"].double,
            relative: 1e-10
        )
        expectClose(
            clusterError * (49.0 / 50).squareRoot(),
            e["cluster_day_CR0"]["se"].double,
            relative: 1e-12
        )
        expectClose(
            StudentT(degreesOfFreedom: 49).twoSidedPValue(cluster.mean / clusterError),
            e["t_on_daily_means"]["p"].double,
            relative: 1e-10
        )
        let logs = try MeanEstimate(
            values: PairedStream.champion.indices.map {
                GainRange.logLoss(
                    champion: PairedStream.champion[$0],
                    shadow: PairedStream.shadow[$0],
                    outcome: PairedStream.outcomes[$0],
                    clip: 1e-15
                ).gain
            }
        )
        expectClose(logs.mean, e["logloss_diff_paired_t"]["mean"].double, relative: 1e-12)
    }

    @Test func `Diebold and Mariano's test and long-run errors agree with R`() throws {
        let e = Fixtures.json("05_paired/expected_R.json")
        for horizon in [1, 2, 5, 10] {
            for (kernel, name) in [
                (AutocovarianceKernel.truncated, "acf"), (.bartlett, "bartlett"),
            ] {
                let test = try #require(
                    try DieboldMariano(gains: Self.gains, horizon: horizon, kernel: kernel)
                )
                let c = e["dm_\(name)_h\(horizon)"]
                expectClose(test.statistic, c["stat"].double, relative: 1e-11)
                expectClose(test.pValue, c["p"].double, relative: 1e-10)
            }
        }
        for lag in [0, 1, 4, 7, 9] {
            expectClose(
                (try longRunVariance(Self.gains, lag: lag) / 500).squareRoot(),
                e["NeweyWest_lag\(lag)"]["se"].double,
                relative: 1e-12
            )
        }
        let plain = McNemar(championOnly: 121, shadowOnly: 59)
        expectClose(plain.chiSquared, e["mcnemar_R_nocorrect"]["stat"].double, relative: 1e-14)
        expectClose(
            plain.correctedChiSquared,
            e["mcnemar_R_correct"]["stat"].double,
            relative: 1e-14
        )
        #expect(automaticLag(count: 500) == 5)
        #expect(try DieboldMariano(gains: [1, 1, 1]) == nil)
    }

    @Test func `the Poisson bootstrap repeats, merges and comes near to the block error`() throws {
        var whole = PoissonBootstrap(replicates: 1000, seed: 3)
        var (left, right) = (whole, whole)
        for day in 0..<50 {
            let sum = Self.gains[(10 * day)..<(10 * day + 10)].reduce(0, +)
            whole.add(entity: UInt64(day), numerator: sum, denominator: 10)
            if day % 2 == 0 {
                left.add(entity: UInt64(day), numerator: sum, denominator: 10)
            } else {
                right.add(entity: UInt64(day), numerator: sum, denominator: 10)
            }
        }
        left.merge(right)
        #expect(left.denominators == whole.denominators)
        expectClose(left.numerators, whole.numerators, relative: 1e-9, absolute: 1e-12)
        expectClose(whole.ratio, 0.01430877128, relative: 1e-9)
        // Monte Carlo: 1000 replicates give an error to about 2 %, and 50 days to 10 %.
        expectClose(whole.standardError, 0.00495, relative: 0.1)
        let interval = try #require(whole.interval())
        #expect(interval.contains(0.0143))
        var (sum, squares) = (0.0, 0.0)
        for replicate in 0..<20_000 {
            let weight = PoissonBootstrap.weight(entity: 42, replicate: replicate, seed: 1)
            sum += weight
            squares += weight * weight
        }
        // Poisson(1): mean 1 and second moment 2.
        expectClose(sum / 20_000, 1, relative: 0.03)
        expectClose(squares / 20_000, 2, relative: 0.05)
    }

    @Test func `fixed sample sizes agree with the reference and statsmodels`() throws {
        let oracle = Oracle("12_planning")
        for (sigma, gain, name) in [
            (0.1, 0.002, "sigma0.1_delta0.002"), (1, 0.1, "sigma1_delta0.1"),
        ] {
            let e = oracle["mean_difference"].expected[name]
            expectClose(
                FixedSampleSize.meanDifference(gain: gain, variance: sigma * sigma),
                e["fixed_n80"].double,
                relative: 1e-12
            )
            expectClose(
                FixedSampleSize.meanDifference(
                    gain: gain,
                    variance: sigma * sigma,
                    power: 0.9
                ),
                e["fixed_n90"].double,
                relative: 1e-12
            )
        }
        for (b, c, name) in [
            (0.1, 0.05, "0.1_0.05"), (0.03, 0.02, "0.03_0.02"), (0.012, 0.01, "0.012_0.01"),
        ] {
            expectClose(
                FixedSampleSize.mcNemar(championOnly: b, shadowOnly: c),
                oracle["mcnemar_n"].expected[name].double,
                relative: 1e-12
            )
        }
        for name in oracle["paired_t_n"].expected.keys {
            expectClose(
                FixedSampleSize.pairedT(effectSize: Double(name) ?? .nan),
                oracle["paired_t_n"].expected[name].double,
                relative: 1e-5
            )
        }
    }
}
