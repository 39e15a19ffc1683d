import Foundation
import Statistics
import Testing

/// How often the interval of a mean over few days covers the truth, where the range is bounded.
@Suite(.tags(.simulation), .serialized) struct IntervalSimulation {
    static let draws = 40 * Simulation.runs

    /// `rows` are those of a day, `rate` is that of the positives among them; the model knows no more than that, give
    /// or take, or exactly that.
    private func blocks(
        _ days: Int,
        rows: Int,
        rate: Double,
        isConstant: Bool = false,
        _ random: inout SeededGenerator,
        loss: (_ score: Double, _ isPositive: Bool) -> Double
    ) throws -> MeanEstimate? {
        let sums = (0..<days).map { _ in
            (0..<rows).reduce(0.0) { sum, _ in
                let score = isConstant ? rate : 2 * rate * random.nextUniform()
                return sum + loss(score, random.nextUniform() < score)
            }
        }
        let counts = [Double](repeating: Double(rows), count: days)
        return blockMean(try CohortSums(counts: counts, sums: sums))
    }

    @Test(arguments: [2, 3, 5, 10], [(30, 0.4, false), (7, 0.4, false), (30, 0.02, true)])
    func `Wilson's form covers with few days, and stays within 0 to 1`(
        days: Int,
        traffic: (rows: Int, rate: Double, isConstant: Bool)
    ) throws {
        var random = SeededGenerator(seed: 35)
        // E[p(1 − p)] for p = r, and for p uniform on [0, 2r].
        let rate = traffic.rate
        let truth = traffic.isConstant ? rate * (1 - rate) : rate - 4 * rate * rate / 3
        var covered = 0
        for _ in 0..<Self.draws {
            let mean = try #require(
                try blocks(
                    days,
                    rows: traffic.rows,
                    rate: rate,
                    isConstant: traffic.isConstant,
                    &random
                ) { $1 ? (1 - $0) * (1 - $0) : $0 * $0 }
            )
            let n = Double(days * traffic.rows)
            let interval = try #require(
                mean.shareInterval() ?? wilsonInterval(successes: mean.mean * n, trials: n)
            )
            #expect(interval.low >= 0 && interval.high <= 1)
            if interval.contains(truth) { covered += 1 }
        }
        Simulation.expect(covered, of: Self.draws, isNear: 0.92...0.985, "Brier \(days) \(traffic)")
    }

    @Test(arguments: [2, 3, 5, 10])
    func `the interval of a positive mean covers with few days, and stays above 0`(
        days: Int
    ) throws {
        var random = SeededGenerator(seed: 36)
        var covered = 0
        for _ in 0..<Self.draws {
            // Absolute errors of a standard normal: their mean is √(2/π).
            let mean = try blocks(days, rows: 20, rate: 0, &random) { _, _ in 0 }
            #expect(mean?.positiveInterval() == nil)
            let sums = (0..<days).map { _ in
                (0..<20).reduce(0.0) { sum, _ in sum + abs(random.nextNormal()) }
            }
            let errors = blockMean(
                try CohortSums(counts: [Double](repeating: 20, count: days), sums: sums)
            )
            guard let interval = errors?.positiveInterval() else { continue }
            #expect(interval.low > 0)
            if interval.contains((2 / Double.pi).squareRoot()) { covered += 1 }
        }
        Simulation.expect(covered, of: Self.draws, isNear: 0.92...0.98, "absolute error \(days)")
    }
}
