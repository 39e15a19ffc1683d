import Foundation
import Statistics

/// What a champion does not know, day by day: whether somebody who trained it anew would win.
package struct RetrainingWorld: Sendable {
    struct Row: Sendable {
        var score: Double
        var isPositive: Bool
        /// As the details of a row have them.
        var features: String
    }

    package let name: String
    /// The first day of the change; `nil` where nothing changes.
    package var change: Int?
    package let days = 545
    package let rowsPerDay: Int
    /// How much of the feature that the champion does not have counts before and after the change.
    var feature = (before: 0.0, after: 0.0)
    /// What the champion's log odds are multiplied by, before and after.
    var odds = (before: 1.0, after: 1.0)
    /// Log odds of the base rate through the year, which the champion does not know.
    var season = 0.0
    /// Standard deviation of shocks of a day, which go on by a half to the next one.
    var shock = 0.0
    package var horizonDays = 7

    private static let intercept = -1.2
    private static let slope = 1.3

    func rows(seed: UInt64) -> [[Row]] {
        var generator = SeededGenerator(seed: seed)
        var shocked = shock * generator.nextNormal()
        return (0..<days).map { day in
            if day > 0 {
                shocked = shocked / 2 + 0.75.squareRoot() * shock * generator.nextNormal()
            }
            let moved = season * cos(2 * Double.pi * Double(day) / 365) + shocked
            let isChanged = change.map { day >= $0 } ?? false
            return (0..<rowsPerDay).map { _ in row(moved, isChanged, &generator) }
        }
    }

    private func row(
        _ moved: Double,
        _ isChanged: Bool,
        _ generator: inout SeededGenerator
    ) -> Row {
        let x = generator.nextNormal()
        let numbers = (0..<4).map { _ in generator.nextNormal() }
        let levels = (0..<2).map { _ in Int(6 * generator.nextUniform()) }
        let uniform = generator.nextUniform()
        let own = Self.intercept + Self.slope * x
        let weight = isChanged ? feature.after : feature.before
        let truth = own + moved + weight * numbers[0]
        let members =
            numbers.enumerated().map { "\"n\($0)\":\(Self.text($1))" }
            + levels.enumerated().map { "\"t\($0)\":\"v\($1)\"" } + ["\"x\":\(Self.text(x))"]
        return Row(
            score: 1 / (1 + exp(-own * (isChanged ? odds.after : odds.before))),
            isPositive: uniform < 1 / (1 + exp(-truth)),
            features: "{\"features\":{\(members.joined(separator: ","))}}"
        )
    }

    private static func text(_ number: Double) -> String { String(format: "%.3f", number) }

    private static let changeDay = 270

    private static func world(
        _ name: String,
        _ rows: Int,
        _ change: (inout RetrainingWorld) -> Void = { _ in }
    ) -> RetrainingWorld {
        var world = RetrainingWorld(name: name, rowsPerDay: rows)
        change(&world)
        return world
    }

    /// Worlds in which nobody could do better than the champion, or hardly.
    package static func quiet(rowsPerDay rows: Int) -> [RetrainingWorld] {
        [
            world("the champion knows all", rows),
            world("shocks of days", rows) { $0.shock = 0.3 },
            world("a season of ±0.4 in log odds", rows) { $0.season = 0.4 },
            world("odds too extreme by 1.2", rows) { $0.odds = (1.2, 1.2) },
            world("a feature it lacks, worth 2 %", rows) { $0.feature = (0.3, 0.3) },
        ]
    }

    /// Worlds in which training it anew wins, from the start or from the change on.
    package static func winning(rowsPerDay rows: Int) -> [RetrainingWorld] {
        [
            world("a feature it lacks, from the start", rows) { $0.feature = (1, 1) },
            world("the feature begins to count", rows) {
                $0.change = changeDay
                $0.feature = (0, 1)
            },
            world("the feature begins to count, much", rows) {
                $0.change = changeDay
                $0.feature = (0, 2)
            },
            world("the same, labels after 60 days", rows) {
                $0.change = changeDay
                $0.feature = (0, 2)
                $0.horizonDays = 60
            },
            world("the odds become too extreme by 2.5", rows) {
                $0.change = changeDay
                $0.odds = (1, 2.5)
            },
        ]
    }
}
