import Foundation
import Statistics
import Testing

/// How often intervals of fixed n cover the truth.
@Suite(.tags(.simulation), .serialized) struct CoverageSimulation {
    /// Cheaper than the sequences: a hundred times as many draws.
    static let draws = 100 * Simulation.runs

    @Test(arguments: [(20, 0.05), (20, 0.5), (200, 0.01), (200, 0.3)])
    func `Wilson covers near its level and Clopper-Pearson at least at it`(
        n: Int,
        p: Double
    ) throws {
        var random = SeededGenerator(seed: 31)
        var (wilson, exact) = (0, 0)
        for _ in 0..<Self.draws {
            var k = 0
            for _ in 0..<n where random.nextUniform() < p { k += 1 }
            if wilsonInterval(successes: k, trials: n)?.contains(p) ?? false { wilson += 1 }
            if clopperPearsonInterval(successes: k, trials: n)?.contains(p) ?? false {
                exact += 1
            }
        }
        // Wilson's coverage oscillates with n and p by a few points around 95 %.
        Simulation.expect(wilson, of: Self.draws, isNear: 0.92...0.985, "Wilson \(n) \(p)")
        Simulation.expect(exact, of: Self.draws, isNear: 0.95...1, "Clopper-Pearson \(n) \(p)")
    }

    @Test func `the area's logit interval covers, also near 1`() throws {
        for shift in [1.0, 2.5] {
            var random = SeededGenerator(seed: 32)
            let truth = Normal.cumulative(shift / 2.0.squareRoot())
            var covered = 0
            for _ in 0..<Self.draws {
                var probabilities: [Double] = []
                var outcomes: [Bool] = []
                for row in 0..<120 {
                    let isPositive = row < 40
                    probabilities.append(
                        Normal.cumulative(random.nextNormal() + (isPositive ? shift : 0))
                    )
                    outcomes.append(isPositive)
                }
                let estimate = deLong(
                    try BinaryForecasts(probabilities: probabilities, outcomes: outcomes)
                )
                if estimate?.interval()?.contains(truth) ?? false { covered += 1 }
            }
            Simulation.expect(covered, of: Self.draws, isNear: 0.92...0.97, "AUC \(truth)")
        }
    }

    @Test func `block intervals cover where row intervals do not`() throws {
        var random = SeededGenerator(seed: 33)
        var (byBlock, byRow) = (0, 0)
        for _ in 0..<Self.draws {
            var (rows, sums): ([Double], [Double]) = ([], [])
            for _ in 0..<30 {
                let shock = 0.5 * random.nextNormal()
                var sum = 0.0
                for _ in 0..<20 {
                    rows.append(shock + random.nextNormal())
                    sum += rows[rows.count - 1]
                }
                sums.append(sum)
            }
            let cohorts = try CohortSums(counts: [Double](repeating: 20, count: 30), sums: sums)
            if blockMean(cohorts)?.interval()?.contains(0) ?? false { byBlock += 1 }
            if try MeanEstimate(values: rows).interval()?.contains(0) ?? false { byRow += 1 }
        }
        Simulation.expect(byBlock, of: Self.draws, isNear: 0.94...0.96, "block mean")
        Simulation.expect(byRow, of: Self.draws, isNear: 0.5...0.75, "row mean")
    }

    @Test func `intervals of F1, balanced accuracy and MCC cover`() throws {
        var random = SeededGenerator(seed: 34)
        // True shares of the four cells, TP, FP, FN, TN.
        let truth = ConfusionCounts(
            truePositives: 25.0,
            falsePositives: 10,
            falseNegatives: 15,
            trueNegatives: 50
        )
        var covered: [ConfusionMetric: Int] = [:]
        let metrics = [ConfusionMetric.f1, .balancedAccuracy, .matthewsCorrelation]
        for _ in 0..<Self.draws {
            var cells = [0, 0, 0, 0]
            for _ in 0..<150 {
                let u = random.nextUniform()
                cells[u < 0.25 ? 0 : (u < 0.35 ? 1 : (u < 0.5 ? 2 : 3))] += 1
            }
            let counts = ConfusionCounts(
                truePositives: cells[0],
                falsePositives: cells[1],
                falseNegatives: cells[2],
                trueNegatives: cells[3]
            )
            for metric in metrics {
                let value = try #require(metric.value(in: truth))
                if metric.interval(in: counts)?.contains(value) ?? false {
                    covered[metric, default: 0] += 1
                }
            }
        }
        for metric in metrics {
            Simulation.expect(
                covered[metric] ?? 0,
                of: Self.draws,
                isNear: 0.93...0.97,
                metric.rawValue
            )
        }
    }
}
