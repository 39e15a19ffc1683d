import Foundation
import Statistics
import Testing

/// A watch over a model whose entities come back: 10 of a pool on each day with 20 rows each, a baseline of
/// 60 days and a year after it.
@Suite(.tags(.simulation), .serialized) struct EntityMonitorSimulation {
    struct Outcome {
        /// The day of the alarm with days as units, and with entities.
        var days: Int?
        var entities: Int?
    }

    private static let groups = 64
    private static let baselineDays = 60
    private static let rise = 120

    /// `harm` is by how much the scores are off in logit from day 120 after the baseline on.
    static func run(seed: UInt64, pool: Int, harm: Double) throws -> Outcome {
        var random = SeededGenerator(seed: seed)
        let entities = (0..<pool).map { _ in
            let eta = -1.2 + 1.3 * random.nextNormal()
            return (
                eta: eta, belief: eta + 0.8 * random.nextNormal(),
                group: Int(random.next() % UInt64(groups))
            )
        }
        func day(_ harm: Double) -> [(group: Int, loss: Double)] {
            (0..<10).flatMap { _ in
                let entity = entities[Int(random.next() % UInt64(pool))]
                let score = Simulation.sigmoid(entity.belief + harm)
                return (0..<20).map { _ in
                    let outcome = random.nextUniform() < Simulation.sigmoid(entity.eta) ? 1.0 : 0
                    return (entity.group, (score - outcome) * (score - outcome))
                }
            }
        }
        let baseline = (0..<baselineDays).map { _ in day(0) }
        let byDay = try moments(baseline.map { $0.map(\.loss) })
        var losses = [[Double]](repeating: [], count: groups)
        for (group, loss) in baseline.joined() { losses[group].append(loss) }
        let byGroup = try moments(losses.filter { !$0.isEmpty })
        let year = (0..<365).map { day($0 >= rise ? harm : 0).map(\.loss) }
        func alarm(_ risk: BaselineRisk?) throws -> Int? {
            let risk = try #require(risk)
            var detector = try ShiryaevRobertsDetector(
                riskBound: risk.riskBound,
                overdispersion: risk.overdispersion.tempering
            )
            for day in year where detector.alarmIndex == nil {
                try detector.add(gridWeights: linearlySplit(losses: day, intervals: 128))
            }
            return detector.alarmIndex
        }
        return Outcome(
            days: try alarm(BaselineRisk(byDay)),
            entities: try alarm(BaselineRisk(byDay, groups: byGroup))
        )
    }

    private static func moments(_ blocks: [[Double]]) throws -> CohortMoments {
        try CohortMoments(
            counts: blocks.map { Double($0.count) },
            sums: blocks.map { $0.reduce(0, +) },
            sumsOfSquares: blocks.map { $0.reduce(0) { $0 + $1 * $1 } }
        )
    }

    static func runs(pool: Int, harm: Double) throws -> [Outcome] {
        try (0..<Simulation.runs).map {
            try run(seed: 7000 + UInt64($0), pool: pool, harm: harm)
        }
    }

    @Test(arguments: [60, 300, 5000])
    func `a quiet year raises no alarm, whoever comes back`(pool: Int) throws {
        let outcomes = try Self.runs(pool: pool, harm: 0)
        let alarms = outcomes.count { $0.entities != nil }
        Simulation.expect(alarms, of: outcomes.count, isNear: 0...0.05, "quiet, pool \(pool)")
        if outcomes.count >= 50 {
            print("  days as units: \(outcomes.count { $0.days != nil }) of \(outcomes.count)")
        }
    }

    @Test func `harm is found`() throws {
        let outcomes = try Self.runs(pool: 300, harm: 1.2)
        let found = outcomes.compactMap(\.entities).filter { $0 >= Self.rise }
        Simulation.expect(found.count, of: outcomes.count, isNear: 0.95...1, "harm, pool 300")
        if outcomes.count >= 50 {
            let delay = Simulation.median(found).map { $0 - Double(Self.rise) }
            let byDay = Simulation.median(outcomes.compactMap(\.days)).map {
                $0 - Double(Self.rise)
            }
            print("  median delay \(delay ?? -1); days as units \(byDay ?? -1)")
        }
    }
}
