import Foundation
import Statistics

extension WatchWorld {
    /// What moves the log odds of all cases of a day, and the models know nothing of.
    package enum Swing: Sendable {
        case none
        /// Over the week, the amplitude on the logit.
        case week(Double)
        /// Over the year, from its low season on.
        case year(Double)
        /// A stationary AR(1) series.
        case shocks(correlation: Double, deviation: Double)
    }
}

extension WatchWorld.Swing {
    func path(_ days: Int, _ generator: inout SeededGenerator) -> [Double] {
        switch self {
        case .none: return Array(repeating: 0, count: days)
        case .week(let amplitude):
            return (0..<days).map { amplitude * sin(2 * .pi * Double($0) / 7) }
        case .year(let amplitude):
            return (0..<days).map { -amplitude * cos(2 * .pi * Double($0 - 30) / 365) }
        case .shocks(let correlation, let deviation):
            var shock = deviation * generator.nextNormal()
            let rest = deviation * (1 - correlation * correlation).squareRoot()
            return (0..<days).map { _ in
                defer { shock = correlation * shock + rest * generator.nextNormal() }
                return shock
            }
        }
    }
}
