import Foundation
import Statistics
import Testing

extension Tag {
    /// Simulated error rates and delays: slow, seeded, within their Monte Carlo error.
    @Tag static var simulation: Self
}

enum Simulation {
    /// The runs of each simulation: a few in every test run, more when the environment asks for them.
    static let runs =
        ProcessInfo.processInfo.environment["GNOMON_SIMULATION_RUNS"].flatMap { Int($0) } ?? 6

    /// A share of runs and its distance in standard errors from what is expected.
    static func expect(
        _ hits: Int,
        of runs: Int,
        isNear rate: ClosedRange<Double>,
        _ what: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let share = Double(hits) / Double(runs)
        // Four standard errors and one run of slack: the seed is fixed, but may be changed.
        func slack(_ p: Double) -> Double {
            4 * (max(p * (1 - p), 0.01) / Double(runs)).squareRoot() + 1 / Double(runs)
        }
        #expect(
            share >= rate.lowerBound - slack(rate.lowerBound)
                && share <= rate.upperBound + slack(rate.upperBound),
            "\(what): \(hits) of \(runs), expected \(rate)",
            sourceLocation: sourceLocation
        )
        if runs >= 50 { print("\(what): \(hits) of \(runs) runs (\(share))") }
    }

    static func median(_ values: [Int]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        return Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
