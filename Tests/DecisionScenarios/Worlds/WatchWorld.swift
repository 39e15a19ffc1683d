package import Evaluation
import Foundation
package import Statistics

/// A life of a model in which the watch must be quiet, or must find what happens.
package struct WatchWorld: Sendable {
    /// Labelled rows of a day that have the same score and the same label, 1 for a positive.
    package struct Rows: Sendable {
        package var score: Double
        package var label: Double
        package var count: Int
        /// The number of the slice that they belong to, where there are slices.
        package var slice: Int32?
    }

    package var name: String
    package var kind: TaskKind
    /// Whether the slices of the rows are declared.
    package var hasSlices = false
    /// The day with which the model becomes worse; `nil` where it never does.
    package var change: Int?
    /// The day with which it is as good as before; `nil` where it never is.
    package var end: Int?
    /// The rows of each day.
    package var days: @Sendable (inout SeededGenerator) -> [[Rows]]

    package init(
        _ name: String,
        kind: TaskKind = .binary,
        change: Int? = nil,
        end: Int? = nil,
        hasSlices: Bool = false,
        days: @escaping @Sendable (inout SeededGenerator) -> [[Rows]]
    ) {
        self.name = name
        self.kind = kind
        self.hasSlices = hasSlices
        self.change = change
        self.end = end
        self.days = days
    }

    static func sigmoid(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
    static func logit(_ share: Double) -> Double { log(share / (1 - share)) }
}
