import Foundation
import Statistics

/// What a champion and a shadow do, day by day.
package struct PromotionWorld: Sendable {
    package struct Row: Sendable {
        package var champion: Double
        /// `nil` where the shadow did not answer.
        package var shadow: Double?
        package var isPositive: Bool
    }

    package let name: String
    /// The first day of the change; `nil` where nothing changes.
    package var change: Int?
    package var days = 365
    package var rowsPerDay: @Sendable (_ day: Int) -> Int = { _ in 30 }
    /// From the noise of either, to the scores of a row.
    var scores: Scores
    /// Whether the models have another version since the change.
    package var hasNewVersions = (champion: false, shadow: false)
    /// Logits of the base rate through the year, which the shadow alone knows.
    var season = 0.0
    /// Standard deviation of shocks of a day, which go on by a half to the next one.
    var shock = 0.0
    /// How much of the second attribute, which the shadow alone has, counts before and after the change.
    var second = (before: 0.0, after: 0.0)
    /// By how much the population's attribute has moved since the change, and what its spread is then.
    var shift = 0.0
    var spread = 1.0
    /// The share of the requests that the shadow answers since the change.
    var answered = 1.0

    /// What a model makes of a row: x, its own noise, whether the change has come.
    struct Scores: Sendable {
        var champion: @Sendable (_ x: Double, _ noise: Double, _ isChanged: Bool) -> Double
        var shadow:
            @Sendable (_ x: Double, _ noise: Double, _ isChanged: Bool, _ champion: Double)
                -> Double
    }

    static let intercept = -1.2
    static let slope = 1.3

    package func rows(seed: UInt64) -> [[Row]] {
        var generator = SeededGenerator(seed: seed)
        var shocked = shock * generator.nextNormal()
        return (0..<days).map { day in
            if day > 0 {
                shocked = shocked / 2 + 0.75.squareRoot() * shock * generator.nextNormal()
            }
            let season = season * cos(2 * Double.pi * Double(day) / 365)
            let isChanged = change.map { day >= $0 } ?? false
            return (0..<rowsPerDay(day)).map { _ in
                row(season, shocked, isChanged, &generator)
            }
        }
    }

    private func row(
        _ season: Double,
        _ shocked: Double,
        _ isChanged: Bool,
        _ generator: inout SeededGenerator
    ) -> Row {
        let x = generator.nextNormal() * (isChanged ? spread : 1) + (isChanged ? shift : 0)
        let x2 = generator.nextNormal()
        let (noise, otherNoise) = (generator.nextNormal(), generator.nextNormal())
        let (uniform, luck) = (generator.nextUniform(), generator.nextUniform())
        let own = Self.intercept + Self.slope * x
        let truth = own + season + shocked + (isChanged ? second.after : second.before) * x2
        let champion = scores.champion(x, noise, isChanged)
        let shadow = scores.shadow(x, otherNoise, isChanged, champion)
        let answers = !isChanged || luck < answered
        return Row(
            champion: Self.sigmoid(champion),
            shadow: answers ? Self.sigmoid(shadow + season + second.before * x2) : nil,
            isPositive: uniform < Self.sigmoid(truth)
        )
    }

    static func sigmoid(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }
}
