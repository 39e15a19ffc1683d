import Foundation
import Statistics

/// Rows of a scenario day by day: the same seed gives the same rows.
package struct SimulatedStream: Sendable {
    package struct Row: Sendable {
        /// When it was predicted, in days since the start of the stream.
        package var time: Double
        package var champion: Double
        package var shadow: Double
        package var isPositive: Bool
        /// How many days its label takes; `nil` for one that never comes.
        package var delay: Double?
    }

    package let scenario: Scenario
    package let days: [[Row]]

    package init(_ scenario: Scenario, seed: UInt64) {
        self.scenario = scenario
        var generator = SeededGenerator(seed: seed)
        var shock = scenario.dayShock.map { $0.deviation * generator.nextNormal() } ?? 0
        var days: [[Row]] = []
        for day in 0..<scenario.days {
            if let dayShock = scenario.dayShock {
                let fresh = (1 - dayShock.correlation * dayShock.correlation).squareRoot()
                shock =
                    dayShock.correlation * shock
                    + fresh * dayShock.deviation * generator.nextNormal()
            }
            days.append(Self.rows(scenario, day, shock, &generator))
        }
        self.days = days
    }

    private static func rows(
        _ scenario: Scenario,
        _ day: Int,
        _ shock: Double,
        _ generator: inout SeededGenerator
    ) -> [Row] {
        let season =
            scenario.hasWeeklySeason ? 0.3 * sin(2 * Double.pi * Double(day % 7) / 7) : 0
        var rows: [Row] = []
        rows.reserveCapacity(scenario.rowsPerDay)
        while rows.count < scenario.rowsPerDay {
            let shared = generator.nextNormal()
            let uniform = generator.nextUniform()
            let noise = scenario.noise * generator.nextNormal()
            let shadowNoise = (scenario.shadowNoise ?? 0) * generator.nextNormal()
            for _ in 0..<min(scenario.rowsPerEntity, scenario.rowsPerDay - rows.count) {
                let x =
                    scenario.rowsPerEntity == 1
                    ? shared
                    : 0.95 * shared + (1 - 0.95 * 0.95).squareRoot() * generator.nextNormal()
                let eta = -1.2 + 1.3 * x
                var truth = eta + season + shock
                if let change = scenario.change, day >= change.day {
                    truth = truth * change.slope + change.shift
                }
                let isPositive = uniform < sigmoid(truth)
                rows.append(
                    Row(
                        time: Double(day) + Double(rows.count) / Double(scenario.rowsPerDay),
                        champion: sigmoid(eta + noise),
                        shadow: sigmoid(eta + shadowNoise),
                        isPositive: isPositive,
                        delay: delay(scenario.labels, isPositive, &generator)
                    )
                )
            }
        }
        return rows
    }

    private static func delay(
        _ labels: Scenario.LabelArrival,
        _ isPositive: Bool,
        _ generator: inout SeededGenerator
    ) -> Double? {
        let uniform = generator.nextUniform()
        switch labels {
        case .gradual: return -(isPositive ? 6.0 : 2.0) * log(1 - uniform)
        case .fastPositives: return isPositive ? 1 + 2 * uniform : nil
        }
    }

    private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
