import Statistics
import Testing

/// What holds for every metric of binary forecasts, on random inputs of awkward shapes.
@Suite struct BinaryPropertyTests {
    static let cases = 150

    @Test(arguments: BinaryMetric.all.map(\.name))
    func `a metric is finite, in range, and does not depend on the order of rows`(
        name: String
    ) throws {
        let metric = try #require(BinaryMetric.all.first { $0.name == name })
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<Self.cases {
            let forecasts = try RandomForecasts.binary(&generator)
            let value = metric.value(forecasts)
            if let value {
                #expect(value.isFinite && metric.range.contains(value), "\(value) \(forecasts)")
            }
            let other = metric.value(try RandomForecasts.shuffled(forecasts, &generator))
            #expect((value == nil) == (other == nil), "\(forecasts)")
            if let value, let other {
                // Sums in another order; iterations that stop at 1e-12 of a step.
                #expect(
                    abs(value - other) <= 1e-8 * max(1, abs(value)),
                    "\(value) \(other)"
                )
            }
        }
    }

    @Test(arguments: BinaryMetric.all.filter(\.isComplementary).map(\.name))
    func `exchanging the classes and turning the scores around changes nothing`(
        name: String
    ) throws {
        let metric = try #require(BinaryMetric.all.first { $0.name == name })
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<Self.cases {
            // Multiples of 2⁻²⁰ have exact complements, so that ties stay ties.
            let drawn = try RandomForecasts.binary(&generator)
            let forecasts = try BinaryForecasts(
                probabilities: drawn.probabilities.map { ($0 * 1_048_576).rounded() / 1_048_576 },
                outcomes: drawn.outcomes
            )
            let value = metric.value(forecasts)
            let other = metric.value(try RandomForecasts.complement(forecasts))
            #expect((value == nil) == (other == nil), "\(forecasts)")
            if let value, let other {
                #expect(
                    abs(value - other) <= 1e-8 * max(1, abs(value)),
                    "\(value) \(other) \(forecasts)"
                )
            }
        }
    }

    @Test func `exchanging the classes alone turns the area around`() throws {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<Self.cases {
            let forecasts = try RandomForecasts.binary(&generator)
            let swapped = try BinaryForecasts(
                probabilities: forecasts.probabilities,
                outcomes: forecasts.outcomes.map { !$0 }
            )
            guard let area = areaUnderCurve(forecasts) else { continue }
            expectClose(areaUnderCurve(swapped), 1 - area, relative: 1e-12, absolute: 1e-12)
        }
    }

    @Test func `a whole weight is the same as that many copies of the row`() throws {
        var generator = SeededGenerator(seed: 14)
        for _ in 0..<Self.cases {
            let forecasts = try RandomForecasts.binary(&generator)
            var times = (0..<forecasts.count).map { _ in Int.random(in: 0...4, using: &generator) }
            times[0] = 1
            let weighted = try WeightedBinaryForecasts(forecasts, weights: times.map { Double($0) })
            let copies = try RandomForecasts.repeated(forecasts, times)
            let pairs: [(Double?, Double?)] = [
                (brierScore(weighted), brierScore(copies)),
                (logLoss(weighted).value, logLoss(copies).value),
                (areaUnderCurve(weighted), areaUnderCurve(copies)),
                (averagePrecision(weighted), averagePrecision(copies)),
                (
                    ConfusionCounts(weighted, threshold: 0.5).matthewsCorrelation,
                    ConfusionCounts(copies, threshold: 0.5).matthewsCorrelation
                ),
            ]
            for (a, b) in pairs {
                #expect((a == nil) == (b == nil))
                if let a, let b { expectClose(a, b, relative: 1e-12, absolute: 1e-15) }
            }
        }
    }

    @Test func `histogram bounds hold the value of the rows in ten thousand random cases`() throws {
        var generator = SeededGenerator(seed: 15)
        for index in 0..<10_000 {
            let forecasts = try RandomForecasts.binary(&generator, most: 25)
            let histogram = ScoreHistogram(forecasts, binCount: 1 + index % 12)
            // Exact in real numbers; the slack is the rounding of a few dozen additions.
            func check(_ bounded: BoundedValue?, _ exact: Double?, _ what: String) {
                #expect((bounded == nil) == (exact == nil), "\(what)")
                guard let bounded, let exact else { return }
                #expect(
                    bounded.bounds.low - 1e-12 <= exact && exact <= bounded.bounds.high + 1e-12,
                    "\(what) \(exact) \(bounded) \(forecasts)"
                )
                #expect(
                    bounded.bounds.low <= bounded.value && bounded.value <= bounded.bounds.high
                )
            }
            check(areaUnderCurve(histogram), areaUnderCurve(forecasts), "area")
            check(averagePrecision(histogram), averagePrecision(forecasts), "precision")
            check(scoreSeparation(histogram), scoreSeparation(forecasts), "separation")
            for score in ProperScore.allCases {
                let exact = scoreDecomposition(forecasts, score: score)
                let parts = scoreDecomposition(histogram, meanScore: exact.score, score: score)
                check(parts?.miscalibration, exact.miscalibration, "miscalibration")
                check(parts?.discrimination, exact.discrimination, "discrimination")
            }
        }
    }

    @Test func `bounds of big bins agree with the sum over their rows`() throws {
        // 1000 positives and 700 negatives in one bin: the digamma form against the plain sum.
        let histogram = try ScoreHistogram(negatives: [700, 3], positives: [1000, 5])
        var sum = 0.0
        for j in 1...5 { sum += Double(j) / Double(j + 3) }
        for j in 1...1000 { sum += Double(5 + j) / Double(5 + j + 703) }
        let bounded = try #require(averagePrecision(histogram))
        expectClose(bounded.bounds.low, sum / 1005, relative: 1e-13)
    }
}
