import Foundation
import Statistics
import Testing

/// A year of retraining monitor: 100 rows a day, labels within 21 days, baseline of 60 days.
@Suite(.tags(.simulation), .serialized) struct MonitorSimulation {
    static let (days, baseline, rows, maturity) = (365, 60, 100, 21)

    struct Outcome {
        /// Days of the first alarm, counted from the end of the baseline.
        var naive: Int?
        var detector: Int?
        var sequence: Int?
    }

    struct Change {
        let day: Int
        let shift: Double
        let slope: Double
    }

    static func run(seed: UInt64, change: Change?) throws -> Outcome {
        var random = SeededGenerator(seed: seed)
        // Losses by event day, and their moments by the day on which the label arrives.
        var cohorts = [[Double]](repeating: [], count: baseline + days)
        var arrivals = [(n: Double, sum: Double, squares: Double)](
            repeating: (0, 0, 0),
            count: days
        )
        for day in 0..<(baseline + days) {
            for _ in 0..<rows {
                let eta = -1.2 + 1.3 * random.nextNormal()
                var truth = eta
                if let change, day >= baseline + change.day {
                    truth = eta * change.slope + change.shift
                }
                let p = Simulation.sigmoid(eta)
                let y = random.nextUniform() < Simulation.sigmoid(truth)
                let scale = y ? 6.0 : 2.0
                let age = Int(-scale * log(1 - random.nextUniform()))
                guard age < maturity else { continue }
                let loss = y ? (1 - p) * (1 - p) : p * p
                cohorts[day].append(loss)
                let arrival = day - baseline + age
                if day >= baseline, arrival < days {
                    arrivals[arrival].n += 1
                    arrivals[arrival].sum += loss
                    arrivals[arrival].squares += loss * loss
                }
            }
        }
        let first = cohorts[..<baseline]
        let risk = try #require(
            BaselineRisk(
                try CohortMoments(
                    counts: first.map { Double($0.count) },
                    sums: first.map { $0.reduce(0, +) },
                    sumsOfSquares: first.map { $0.reduce(0) { $0 + $1 * $1 } }
                )
            )
        )
        var outcome = Outcome()
        var (n, sum, squares) = (0.0, 0.0, 0.0)
        for day in 0..<days {
            n += arrivals[day].n
            sum += arrivals[day].sum
            squares += arrivals[day].squares
            let error = ((squares - sum * sum / n) / (n - 1) / n).squareRoot()
            if n >= 30, sum / n > risk.mean + 1.645 * error {
                outcome.naive = day
                break
            }
        }
        var detector = try ShiryaevRobertsDetector(riskBound: risk.riskBound)
        // One-sided at 0.04, as a two-sided sequence at 0.08.
        var sequence = EmpiricalBernsteinSequence(
            range: Interval(low: 0, high: 1),
            alpha: 0.08,
            optimumVariance: 25,
            varianceFloor: 0
        )
        for day in 0..<(days - maturity) {
            let losses = cohorts[baseline + day]
            try detector.add(losses: losses)
            try sequence.add(
                count: Double(losses.count),
                sum: losses.reduce(0, +),
                sumOfSquares: losses.reduce(0) { $0 + $1 * $1 }
            )
            if outcome.sequence == nil, day % 5 == 0,
                let low = sequence.interval?.low, low > risk.riskBound
            {
                outcome.sequence = day + maturity
            }
        }
        outcome.detector = detector.alarmIndex.map { $0 + maturity }
        return outcome
    }

    static func runs(_ change: Change?) throws -> [Outcome] {
        try (0..<Simulation.runs).map { try run(seed: 2000 + UInt64($0), change: change) }
    }

    @Test func `a quiet year alarms the naive test and not the detector`() throws {
        let outcomes = try Self.runs(nil)
        let n = outcomes.count
        Simulation.expect(
            outcomes.filter { $0.detector != nil }.count,
            of: n,
            isNear: 0...0.01,
            "e-SR, quiet year"
        )
        Simulation.expect(
            outcomes.filter { $0.sequence != nil }.count,
            of: n,
            isNear: 0...0.01,
            "confidence sequence, quiet year"
        )
        Simulation.expect(
            outcomes.filter { $0.naive != nil }.count,
            of: n,
            isNear: 0.2...0.35,
            "naive cumulative t, quiet year"
        )
    }

    @Test func `a large change is found two days after its first cohort matures`() throws {
        let change = Change(day: 120, shift: 0.9, slope: 0.7)
        let outcomes = try Self.runs(change)
        let delays = outcomes.compactMap(\.detector).map { $0 - change.day }
        #expect(delays.count == outcomes.count)
        #expect(delays.allSatisfy { $0 >= 0 })
        let delay = try #require(Simulation.median(delays))
        #expect(delay >= 21 && delay <= 25, "median delay \(delay)")
        let slow = try #require(
            Simulation.median(outcomes.compactMap(\.sequence).map { $0 - change.day })
        )
        // The running mean of the confidence sequence dilutes a late change.
        #expect(slow > 45 && slow < 80, "median delay \(slow)")
        if outcomes.count >= 50 { print("large change: e-SR \(delay), sequence \(slow) days") }
    }

    @Test func `a small change is found within three weeks of maturing`() throws {
        let change = Change(day: 120, shift: 0.5, slope: 0.85)
        let outcomes = try Self.runs(change)
        let delays = outcomes.compactMap(\.detector).map { $0 - change.day }
        Simulation.expect(
            delays.count,
            of: outcomes.count,
            isNear: 0.99...1,
            "e-SR, small change"
        )
        let delay = try #require(Simulation.median(delays))
        #expect(delay > 26 && delay < 48, "median delay \(delay)")
        if outcomes.count >= 50 { print("small change: e-SR \(delay) days") }
    }
}
