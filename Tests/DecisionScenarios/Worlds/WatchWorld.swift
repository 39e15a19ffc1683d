import Foundation
package import Statistics

/// A life of a model in which the watch must be quiet, or must find what happens.
package struct WatchWorld: Sendable {
    /// Labelled rows of a day that have the same score.
    package struct Rows: Sendable {
        package var score: Double
        package var isPositive: Bool
        package var count: Int
    }

    package var name: String
    /// The day with which the model becomes worse; `nil` where it never does.
    package var change: Int?
    /// The rows of each day.
    package var days: @Sendable (inout SeededGenerator) -> [[Rows]]

    package init(
        _ name: String,
        change: Int? = nil,
        days: @escaping @Sendable (inout SeededGenerator) -> [[Rows]]
    ) {
        self.name = name
        self.change = change
        self.days = days
    }

    static func sigmoid(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
    static func logit(_ share: Double) -> Double { log(share / (1 - share)) }
}
