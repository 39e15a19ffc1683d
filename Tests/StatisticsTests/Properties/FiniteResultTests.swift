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
            if let value { #expect(value.isFinite, "\(values)", sourceLocation: sourceLocation) }
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

    @Test func `evidence stays finite for any probabilities`() throws {
        var generator = SeededGenerator(seed: 24)
        for _ in 0..<200 {
            let forecasts = try RandomForecasts.binary(&generator)
            let shadow = (0..<forecasts.count).map { _ in
                let u = generator.nextUniform()
                return u < 0.2 ? 0 : (u > 0.8 ? 1 : u)
            }
            var adaptive = RangeAdaptiveBernstein()
            var logarithmic = RangeAdaptiveBernstein(largestRange: 30)
            var betting = BettingEvidence()
            var bernstein = EmpiricalBernsteinSequence(range: Interval(low: -1, high: 1))
            var hedged = HedgedBettingSequence(intervals: 50)
            var predictable = PredictableMixtureSequence()
            for (row, p) in forecasts.probabilities.enumerated() {
                let y = forecasts.outcomes[row]
                let gain = GainRange.brier(champion: p, shadow: shadow[row], outcome: y)
                adaptive.add(gain)
                betting.add(gain)
                logarithmic.add(
                    .logLoss(champion: p, shadow: shadow[row], outcome: y, clip: 1e-12)
                )
                try bernstein.add(gain.gain)
                try hedged.add(p)
                try predictable.add(p)
            }
            var recalibration = PrequentialRecalibration(window: 2)
            for _ in 0..<3 {
                let recalibrated = recalibration.add(forecasts)
                #expect(recalibrated.allSatisfy { $0 >= 0 && $0 <= 1 })
            }
            let dominance = try conditionalDominance(
                champion: forecasts,
                shadowProbabilities: shadow,
                weight: 0.99
            )
            Self.expectFinite([
                adaptive.logEvidenceForShadow, adaptive.logEvidenceForChampion,
                adaptive.interval?.low, adaptive.interval?.high, adaptive.rowsNeeded(gain: 0.01),
                logarithmic.logEvidenceForShadow, logarithmic.interval?.low,
                betting.logEvidenceForShadow, betting.logEvidenceForChampion,
                bernstein.interval?.low, bernstein.logEvidenceAboveZero,
                bernstein.logEvidenceBelowZero, hedged.interval?.low,
                hedged.logEvidence(against: 1), predictable.interval?.high,
                recalibration.logEvidence, recalibration.nextFit().slope, dominance.last,
            ])
        }
    }

    @Test func `detectors stay finite for any bound`() throws {
        var generator = SeededGenerator(seed: 25)
        for bound in [1e-300, 1e-9, 0.5, 1 - 1e-15] {
            var roberts = try ShiryaevRobertsDetector(riskBound: bound, overdispersion: 1e9)
            var sum = try CumulativeSumDetector(riskBound: bound)
            for _ in 0..<20 {
                let losses = (0..<5).map { _ in generator.nextUniform() < 0.5 ? 0 : 1.0 }
                try roberts.add(losses: losses)
                try sum.add(gridWeights: losses.map { $0 * 1e60 })
                try sum.add(losses: [])
            }
            Self.expectFinite(
                roberts.logEvidencePath.map { $0 } + sum.logEvidencePath.map { $0 }
            )
            Self.expectFinite([roberts.logEvidenceFromStart, sum.logEvidenceFromStart])
        }
    }

    @Test func `classes and estimates without labels stay finite`() throws {
        var generator = SeededGenerator(seed: 26)
        for _ in 0..<200 {
            let rows = Int.random(in: 1...10, using: &generator)
            var probabilities: [Double] = []
            var outcomes: [Int] = []
            for _ in 0..<rows {
                let certain = Int.random(in: 0..<4, using: &generator)
                let row =
                    certain < 3 ? [0, 1, 2].map { $0 == certain ? 1.0 : 0 } : [0.5, 0.25, 0.25]
                probabilities += row
                outcomes.append(Int.random(in: 0..<3, using: &generator))
            }
            let classes = try MulticlassForecasts(
                probabilities: probabilities,
                classCount: 3,
                outcomes: outcomes
            )
            let table = MulticlassConfusion(classes)
            let areas = oneVersusRestAreas(classes)
            Self.expectFinite([
                logLoss(classes).value, brierScore(classes, scale: .sum),
                rankedProbabilityScore(classes), topAccuracy(classes, k: 2).value,
                table.matthewsCorrelation, table.cohenKappa, table.balancedAccuracy,
                areas.macro, areas.micro, areas.weighted, oneVersusOneArea(classes)?.macro,
                classwiseCalibrationError(classes, count: 15),
            ])
            for average in ClassAverage.allCases {
                Self.expectFinite(
                    [ConfusionMetric.precision, .recall, .f1].map { table.average($0, average) }
                )
            }
            let estimate = try EstimatedPerformance(
                scores: probabilities,
                calibrated: probabilities.reversed(),
                threshold: 0.5
            )
            Self.expectFinite([
                estimate.areaUnderCurve, estimate.averagePrecision, estimate.accuracyDeviation,
                estimate.counts.f1,
            ])
            var bootstrap = PoissonBootstrap(replicates: 20)
            bootstrap.add(entity: 1, numerator: 1e60, denominator: 1e-60)
            Self.expectFinite([bootstrap.ratio, bootstrap.standardError, bootstrap.interval()?.low])
        }
    }

    @Test func `programmer errors stop the process with a message`() async {
        await #expect(processExitsWith: .failure) {
            _ = wilsonInterval(successes: 1, trials: 2, level: 1)
        }
        await #expect(processExitsWith: .failure) {
            _ = AsymptoticConfidenceSequence(rhoSquared: 0)
        }
        await #expect(processExitsWith: .failure) { _ = Interval(low: 1, high: 0) }
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
