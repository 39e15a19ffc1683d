import Foundation
import Statistics

/// Two models that are equally good over all entities there could be, on entities that come back.
///
/// What a model makes of an entity stays with it: with few entities one of the two is luckier, day after day.
package struct EntityWorld: Sendable {
    struct Row: Sendable {
        var entity: Int
        var champion: Double
        var shadow: Double
        var isPositive: Bool
    }

    package let name: String
    /// Entities that requests are drawn from; `nil` where each day has its own.
    package let pool: Int?
    package let days = 180
    package let rowsPerDay = 200
    /// Standard deviation, in log odds, of what a model makes of an entity for ever.
    let lasting: Double

    /// The noise of a row, in log odds.
    private static let noise = 0.5
    private static let intercept = -1.2
    private static let slope = 1.3

    func rows(seed: UInt64) -> [[Row]] {
        var generator = SeededGenerator(seed: seed)
        var effects: [Int: (champion: Double, shadow: Double)] = [:]
        return (0..<days).map { day in
            (0..<rowsPerDay).map { row in
                let entity =
                    pool.map { Int(Double($0) * generator.nextUniform()) }
                    ?? day * rowsPerDay + row
                let effect =
                    effects[entity]
                    ?? (lasting * generator.nextNormal(), lasting * generator.nextNormal())
                effects[entity] = effect
                let own = Self.intercept + Self.slope * generator.nextNormal()
                func score(_ effect: Double) -> Double {
                    1 / (1 + exp(-own - effect - Self.noise * generator.nextNormal()))
                }
                return Row(
                    entity: entity,
                    champion: score(effect.champion),
                    shadow: score(effect.shadow),
                    isPositive: generator.nextUniform() < 1 / (1 + exp(-own))
                )
            }
        }
    }

    package static let all = [
        EntityWorld(name: "60 entities that differ", pool: 60, lasting: 0.8),
        EntityWorld(name: "300 entities that differ", pool: 300, lasting: 0.8),
        EntityWorld(name: "60 entities that do not", pool: 60, lasting: 0),
        EntityWorld(name: "each request its own", pool: nil, lasting: 0.8),
    ]
}
