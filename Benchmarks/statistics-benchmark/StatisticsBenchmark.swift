import Foundation
import Statistics

/// Measures what the statistics library takes for many scores, as a multiple of sorting them.
///
/// usage: statistics-benchmark [scores]
@main
struct StatisticsBenchmark {
    static func main() throws {
        let count = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 10_000_000
        var generator = SeededGenerator(seed: 3)
        let scores = (0..<count).map { _ in Double.random(in: 0...1, using: &generator) }
        let outcomes = scores.map { Double.random(in: 0...1, using: &generator) < $0 }
        let forecasts = try BinaryForecasts(probabilities: scores, outcomes: outcomes)
        let sorting = measure("sorting \(count) scores") { scores.sorted().count }
        let withDeLong = measure("AUC with DeLong variance") { deLong(forecasts)?.area }
        let withCORP = measure("CORP decomposition") {
            scoreDecomposition(forecasts).discrimination
        }
        print(
            "DeLong \(ratio(withDeLong, sorting)) and CORP \(ratio(withCORP, sorting)) times the sorting"
        )
        let histogram = ScoreHistogram(forecasts, binCount: 10_000)
        let pass = measure("AUC with bounds from 10,000 cells") { areaUnderCurve(histogram)?.value }
        print("a pass over 10,000 cells takes \(String(format: "%.3f", 1000 * pass)) ms")
        try RetrainingBenchmark.run()
    }

    /// The median of three runs, in seconds.
    private static func measure<Value>(_ name: String, _ body: () -> Value) -> Double {
        let seconds = (0..<3).map { _ in Measurement.seconds(body) }
        let median = seconds.sorted()[1]
        print("\(name): \(String(format: "%.4f", median)) s")
        return median
    }

    private static func ratio(_ one: Double, _ other: Double) -> String {
        String(format: "%.2f", one / other)
    }
}

enum Measurement {
    /// What a piece of work takes.
    static func seconds<Value>(_ body: () -> Value) -> Double {
        let start = ContinuousClock.now
        withExtendedLifetime(body()) {}
        return (ContinuousClock.now - start) / .seconds(1)
    }
}
