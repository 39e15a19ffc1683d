import Foundation
import Statistics
import Testing

/// Entities that come back: 10 of a pool on each of 180 days, with 20 rows each, looked at every day.
@Suite(.tags(.simulation), .serialized) struct EntitySimulation {
    /// What a run is made of.
    struct World {
        /// Entities that there are.
        var pool = 300
        /// By how much less noise the shadow has.
        var edge = 0.0
        /// Shared by all rows of a day, in units of the gain.
        var dayShock = 0.0
        /// Whether one entity in ten sends most of the rows.
        var isUneven = false
    }

    struct Outcome {
        var block: Int?
        var clustered: Int?
    }

    static let groups = 64
    static let days = 180

    /// The first day on which each sequence decides.
    ///
    /// An entity keeps what each model believes of it for the whole time, so that its gain persists.
    static func run(seed: UInt64, _ world: World) throws -> Outcome {
        var random = SeededGenerator(seed: seed)
        let entities = (0..<world.pool).map { index in
            let eta = -1.2 + 1.3 * random.nextNormal()
            return (
                eta: eta,
                champion: Simulation.sigmoid(eta + 0.5 * random.nextNormal()),
                shadow: Simulation.sigmoid(eta + 0.5 * (1 - world.edge) * random.nextNormal()),
                group: Int(random.next() % UInt64(groups))
            )
        }
        var counts: [[Double]] = []
        var sums: [[Double]] = []
        for _ in 0..<days {
            var n = [Double](repeating: 0, count: groups)
            var s = n
            let shock = world.dayShock * random.nextNormal()
            for _ in 0..<10 {
                let isHeavy = world.isUneven && random.nextUniform() < 0.5
                let among = isHeavy ? world.pool / 10 : world.pool
                let entity = entities[Int(random.next() % UInt64(among))]
                for _ in 0..<20 {
                    let outcome = random.nextUniform() < Simulation.sigmoid(entity.eta)
                    let row = GainRange.brier(
                        champion: entity.champion,
                        shadow: entity.shadow,
                        outcome: outcome
                    )
                    n[entity.group] += 1
                    s[entity.group] += row.gain + shock
                }
            }
            counts.append(n)
            sums.append(s)
        }
        func first(_ points: [BlockAsymptoticConfidenceSequence.Point]) -> Int? {
            points.firstIndex { $0.interval.map { !$0.contains(0) } ?? false }
        }
        let cohorts = try CohortSums(
            counts: counts.map { $0.reduce(0, +) },
            sums: sums.map { $0.reduce(0, +) }
        )
        let clusters = try ClusteredCohortSums(counts: counts, sums: sums)
        return Outcome(
            block: first(BlockAsymptoticConfidenceSequence().path(cohorts)),
            clustered: first(
                ClusteredAsymptoticConfidenceSequence().path(clusters).map(\.sequence)
            )
        )
    }

    static func runs(_ world: World) throws -> [Outcome] {
        try (0..<Simulation.runs).map { try run(seed: 4000 + UInt64($0), world) }
    }

    static func count(_ outcomes: [Outcome], _ day: KeyPath<Outcome, Int?>) -> Int {
        outcomes.filter { $0[keyPath: day] != nil }.count
    }

    @Test(
        arguments: [
            World(pool: 60), World(pool: 300), World(pool: 300, dayShock: 0.01),
            World(pool: 300, isUneven: true), World(pool: 5000),
        ]
    )
    func `equal models stay undecided whoever comes back`(world: World) throws {
        let outcomes = try Self.runs(world)
        Simulation.expect(
            Self.count(outcomes, \.clustered),
            of: outcomes.count,
            isNear: 0...0.05,
            "clustered, equal models, \(world)"
        )
        if outcomes.count >= 50 {
            print("  day blocks: \(Self.count(outcomes, \.block)) of \(outcomes.count)")
        }
    }

    @Test func `days are no units when entities come back`() throws {
        let outcomes = try Self.runs(World(pool: 60))
        Simulation.expect(
            Self.count(outcomes, \.block),
            of: outcomes.count,
            isNear: 0.3...1,
            "block, equal models, recurring"
        )
    }

    /// A pool, by how much less noise the shadow has, the share of runs that find it, and the median day.
    struct Power {
        var pool: Int
        var edge: Double
        var found: ClosedRange<Double>
        var day: Double
    }

    @Test(
        arguments: [
            Power(pool: 300, edge: 0.3, found: 0.78...0.85, day: 48),
            Power(pool: 300, edge: 0.6, found: 0.99...1, day: 19),
            Power(pool: 5000, edge: 0.3, found: 0.98...1, day: 40),
        ]
    )
    func `a better shadow is found where there are enough entities`(power: Power) throws {
        let outcomes = try Self.runs(World(pool: power.pool, edge: power.edge))
        Simulation.expect(
            Self.count(outcomes, \.clustered),
            of: outcomes.count,
            isNear: power.found,
            "clustered, \(power)"
        )
        let day = try #require(Simulation.median(outcomes.compactMap(\.clustered)))
        let slack = 120 / Double(outcomes.count).squareRoot()
        #expect(abs(day - power.day) < slack, "median day \(day)")
        if outcomes.count >= 50 {
            let block = Simulation.median(outcomes.compactMap(\.block)) ?? -1
            print("  median day \(day); day blocks \(block) (not valid here)")
        }
    }
}
