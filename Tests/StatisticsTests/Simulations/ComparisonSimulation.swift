import Foundation
import Statistics
import Testing

/// Champion against shadow, 200 rows a day for 180 days, looked at every day.
@Suite(.tags(.simulation), .serialized) struct ComparisonSimulation {
    struct Outcome {
        var naive: Int?
        var block: Int?
        var adaptive: Int?
    }

    /// The first day on which each method decides, for a shadow with less noise by a share.
    static func run(seed: UInt64, edge: Double, rowsPerEntity: Int) throws -> Outcome {
        var random = SeededGenerator(seed: seed)
        var outcome = Outcome()
        var adaptive = RangeAdaptiveBernstein()
        var (n, sum, squares) = (0.0, 0.0, 0.0)
        var sums: [Double] = []
        for day in 0..<180 {
            var daySum = 0.0
            for _ in 0..<(200 / rowsPerEntity) {
                let shared = random.nextNormal()
                let u = random.nextUniform()
                let (first, second) = (random.nextNormal(), random.nextNormal())
                for _ in 0..<rowsPerEntity {
                    let x =
                        rowsPerEntity == 1
                        ? shared
                        : 0.95 * shared + (1 - 0.95 * 0.95).squareRoot() * random.nextNormal()
                    let eta = -1.2 + 1.3 * x
                    let row = GainRange.brier(
                        champion: Simulation.sigmoid(eta + 0.5 * first),
                        shadow: Simulation.sigmoid(eta + 0.5 * (1 - edge) * second),
                        outcome: u < Simulation.sigmoid(eta)
                    )
                    adaptive.add(row)
                    daySum += row.gain
                    squares += row.gain * row.gain
                    n += 1
                }
            }
            sum += daySum
            sums.append(daySum)
            let variance = (squares - sum * sum / n) / (n - 1)
            if outcome.naive == nil, abs(sum / n) > 1.96 * (variance / n).squareRoot() {
                outcome.naive = day
            }
            let evidence = max(adaptive.logEvidenceForShadow, adaptive.logEvidenceForChampion)
            if outcome.adaptive == nil, evidence >= log(2 / 0.05) { outcome.adaptive = day }
        }
        let cohorts = try CohortSums(
            counts: [Double](repeating: 200, count: 180),
            sums: sums
        )
        outcome.block = BlockAsymptoticConfidenceSequence().path(cohorts)
            .firstIndex { $0.interval.map { !$0.contains(0) } ?? false }
        return outcome
    }

    static func runs(edge: Double, rowsPerEntity: Int) throws -> [Outcome] {
        try (0..<Simulation.runs).map {
            try run(seed: 1000 + UInt64($0), edge: edge, rowsPerEntity: rowsPerEntity)
        }
    }

    static func count(_ outcomes: [Outcome], _ day: KeyPath<Outcome, Int?>) -> Int {
        outcomes.filter { $0[keyPath: day] != nil }.count
    }

    @Test func `equal models fool the naive test and not the sequences`() throws {
        let outcomes = try Self.runs(edge: 0, rowsPerEntity: 1)
        let n = outcomes.count
        Simulation.expect(
            Self.count(outcomes, \.naive),
            of: n,
            isNear: 0.39...0.45,
            "naive t, equal models"
        )
        Simulation.expect(
            Self.count(outcomes, \.block),
            of: n,
            isNear: 0...0.05,
            "block, equal models"
        )
        Simulation.expect(
            Self.count(outcomes, \.adaptive),
            of: n,
            isNear: 0...0.015,
            "RA-EB, equal models"
        )
    }

    @Test func `rows of an entity fool all that count rows as units`() throws {
        let outcomes = try Self.runs(edge: 0, rowsPerEntity: 20)
        let n = outcomes.count
        Simulation.expect(
            Self.count(outcomes, \.naive),
            of: n,
            isNear: 0.99...1,
            "naive t, clustered"
        )
        Simulation.expect(
            Self.count(outcomes, \.adaptive),
            of: n,
            isNear: 0.95...1,
            "RA-EB rows, clustered"
        )
        Simulation.expect(
            Self.count(outcomes, \.block),
            of: n,
            isNear: 0...0.05,
            "block, clustered"
        )
    }

    @Test func `a better shadow is found in about a month`() throws {
        let outcomes = try Self.runs(edge: 0.3, rowsPerEntity: 1)
        let n = outcomes.count
        Simulation.expect(
            Self.count(outcomes, \.block),
            of: n,
            isNear: 0.99...1,
            "block, better shadow"
        )
        Simulation.expect(
            Self.count(outcomes, \.adaptive),
            of: n,
            isNear: 0.99...1,
            "RA-EB, better shadow"
        )
        // An independent simulation in Python gave median day 28 to 32 for blocks and 36 to 38 for RA-EB.
        let block = try #require(Simulation.median(outcomes.compactMap(\.block)))
        let adaptive = try #require(Simulation.median(outcomes.compactMap(\.adaptive)))
        let slack = 60 / Double(n).squareRoot()
        #expect(block > 28 - slack && block < 32 + slack, "median day \(block)")
        #expect(adaptive > 36 - slack && adaptive < 38 + slack, "median day \(adaptive)")
        if n >= 50 { print("median days: block \(block), RA-EB \(adaptive)") }
    }
}
