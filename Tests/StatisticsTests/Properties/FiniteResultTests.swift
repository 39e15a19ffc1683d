import Statistics
import Testing

/// No NaN or infinity leaves the module, whatever finite numbers enter.
@Suite struct FiniteResultTests {
    /// A number of any magnitude that is allowed, often 0 or of a magnitude at the limit.
    static func number(_ generator: inout SeededGenerator) -> Double {
        let sign = generator.nextUniform() < 0.5 ? -1.0 : 1
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return 0
        case 1: return sign * 1e60
        case 2: return sign * 1e-60
        case 3: return sign * 1e-300
        case 4: return sign * generator.nextUniform()
        default: return sign * 1e9 * generator.nextUniform()
        }
    }

    static func numbers(_ count: Int, _ generator: inout SeededGenerator) -> [Double] {
        (0..<count).map { _ in number(&generator) }
    }

    static func expectFinite(
        _ values: [Double?],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for value in values {
            if let value { #expect(value.isFinite, sourceLocation: sourceLocation) }
        }
    }

    @Test func `means, blocks and sequences stay finite`() throws {
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<300 {
            let n = Int.random(in: 1...40, using: &generator)
            let values = Self.numbers(n, &generator)
            let mean = try MeanEstimate(values: values)
            Self.expectFinite([
                mean.mean, mean.standardError, mean.interval()?.low, mean.interval()?.high,
            ])
            let counts = values.map { max(1e-60, abs($0)) }
            let cohorts = try CohortSums(counts: counts, sums: Self.numbers(n, &generator))
            let block = try #require(blockMean(cohorts))
            Self.expectFinite([block.mean, block.standardError, block.interval()?.low])
            for point in BlockAsymptoticConfidenceSequence(burnIn: 3).path(cohorts) {
                Self.expectFinite([
                    point.mean, point.variance, point.radius, point.logEValue,
                    point.interval?.low,
                ])
            }
            let moments = try CohortMoments(
                counts: counts,
                sums: cohorts.sums,
                sumsOfSquares: counts.map { max($0, 1) }
            )
            let phi = OverdispersionFactor(moments)
            Self.expectFinite([phi.factor, phi.upperLimit, phi.meanSquareWithin])
        }
    }

    @Test func `regression scores stay finite`() throws {
        var generator = SeededGenerator(seed: 22)
        for _ in 0..<500 {
            let n = Int.random(in: 1...12, using: &generator)
            let forecasts = try PointForecasts(
                predictions: Self.numbers(n, &generator),
                outcomes: Self.numbers(n, &generator)
            )
            let totals = forecasts.totals
            Self.expectFinite([
                totals.meanAbsoluteError, totals.rootMeanSquaredError, totals.bias,
                totals.determination, totals.weightedAbsolutePercentageError,
                determination(forecasts), explainedVariance(forecasts),
                medianAbsoluteError(forecasts), maximumError(forecasts),
                meanAbsolutePercentageError(forecasts)?.value,
                symmetricPercentageError(forecasts), pearsonCorrelation(forecasts),
                spearmanCorrelation(forecasts),
            ])
            let quantiles = try QuantileForecasts(
                levels: [0.1, 0.5, 0.9],
                quantiles: Self.numbers(3 * n, &generator),
                outcomes: Self.numbers(n, &generator)
            )
            Self.expectFinite(pinballLoss(quantiles).map { $0 })
            Self.expectFinite([
                weightedIntervalScore(quantiles), quantileRankedProbabilityScore(quantiles),
                intervalPerformance(quantiles, alpha: 0.2)?.intervalScore,
            ])
        }
    }

    @Test func `drift and delay stay finite`() throws {
        var generator = SeededGenerator(seed: 23)
        for _ in 0..<300 {
            let n = Int.random(in: 1...20, using: &generator)
            let shift = try SampleShift(
                reference: Self.numbers(n, &generator),
                current: Self.numbers(n, &generator)
            )
            Self.expectFinite([
                shift.distance, shift.pValue, shift.wasserstein, shift.energy,
                shift.cramerVonMises,
            ])
            let counts = (0..<n).map { _ in Double(Int.random(in: 0...5, using: &generator)) }
            guard counts.contains(where: { $0 > 0 }) else { continue }
            let binned = try BinnedShift(reference: counts, current: counts.reversed())
            let (p, q) = binned.shares()
            Self.expectFinite([
                binned.stabilityIndex, binned.stabilityPValue, binned.debiasedStabilityIndex,
                Divergence.kullbackLeibler(p, q), Divergence.jensenShannonDistance(p, q),
                Divergence.hellinger(p, q),
                ContingencyTest(binned.reference, binned.current)?.pValue,
            ])
            let maturity = try LabelMaturity(events: counts, censored: counts.reversed())
            Self.expectFinite(maturity.shares.map { $0 } + maturity.standardErrors.map { $0 })
        }
    }

    @Test func `distributions stay finite over their whole range`() {
        for p in [1e-300, 1e-20, 0.025, 0.5, 0.975, 1 - 1e-15] {
            Self.expectFinite([
                Normal.quantile(p), ChiSquared(degreesOfFreedom: 1e6).quantile(p),
                ChiSquared(degreesOfFreedom: 0.01).quantile(p),
                StudentT(degreesOfFreedom: 1).quantile(p),
                StudentT(degreesOfFreedom: 1e9).quantile(p),
                StudentT(degreesOfFreedom: 0.01).quantile(p), Beta(0.01, 0.01).quantile(p),
                Beta(1e9, 1e9).quantile(p), Beta(1, 1e9).quantile(p),
            ])
        }
        for x in [-1e308, -40, -1e-300, 0, 1e-300, 40, 1e308] {
            Self.expectFinite([
                Normal.cumulative(x), Normal.logCumulative(max(x, -1e150)),
                StudentT(degreesOfFreedom: 3).cumulative(x),
                ChiSquared(degreesOfFreedom: 3).survival(x), Beta(2, 3).cumulative(x),
                Gamma(shape: 1e9).cumulative(x),
            ])
        }
    }

    @Test func `wrong inputs are refused with a sentence`() {
        #expect(throws: StatisticsError.empty(name: "probabilities")) {
            try BinaryForecasts(probabilities: [], outcomes: [])
        }
        let error = #expect(throws: StatisticsError.self) {
            try BinaryForecasts(probabilities: [0.5, .nan], outcomes: [true, false])
        }
        #expect(
            error?.description
                == "Element 1 of probabilities is nan; it must be a finite number from 0 to 1."
        )
        #expect(throws: StatisticsError.self) { try MeanEstimate(values: [.infinity]) }
        #expect(throws: StatisticsError.self) { try MeanEstimate(values: [1e100]) }
        #expect(throws: StatisticsError.self) {
            try ShiryaevRobertsDetector(riskBound: 1.2)
        }
    }
}
