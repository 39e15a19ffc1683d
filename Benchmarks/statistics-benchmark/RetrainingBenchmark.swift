import Foundation
import Statistics

/// Measures what a refit on recent rows takes, as a multiple of sorting them by each of their features.
enum RetrainingBenchmark {
    private static let rows = 8_000
    private static let quantities = 30
    private static let categories = 20
    private static let pairs = 5

    static func run() throws {
        let window = try makeWindow()
        var seconds: [(sorting: Double, fitting: Double)] = []
        for _ in 0..<pairs {
            seconds.append(
                (
                    Measurement.seconds { window.columns.map { sorted($0.values).count } },
                    Measurement.seconds { RetrainedModel.fit(window.rows) }
                )
            )
        }
        let fitting = median(seconds.map(\.fitting))
        let ratio = median(seconds.map { $0.fitting / $0.sorting })
        print(
            """
            a refit on \(rows) rows of \(quantities) quantities and \(categories) categories: \
            \(String(format: "%.4f", fitting)) s, \(String(format: "%.1f", ratio)) times the sorting \
            by each feature
            """
        )
        guard let model = RetrainedModel.fit(window.rows) else { return }
        let features = window.columns.map { $0.values[0] }
        let scoring = Measurement.seconds {
            (0..<rows).reduce(0.0) { sum, _ in
                sum + model.score(champion: 0.3, features: features)
            }
        }
        print("a score of it: \(String(format: "%.2f", 1e6 * scoring / Double(rows))) µs")
    }

    /// Quantities, of which some are missing and most say nothing, and categories of 3 to 60 values.
    private static func makeWindow() throws -> (rows: RetrainingRows, columns: [FeatureColumn]) {
        var generator = SeededGenerator(seed: 8)
        var signal = [Double](repeating: 0, count: rows)
        var columns: [FeatureColumn] = []
        for quantity in 0..<quantities {
            let numbers = (0..<rows).map { _ in generator.nextNormal() }
            if quantity < 5 { signal = zip(signal, numbers).map { $0 + 0.4 * $1 } }
            let values = numbers.map { number -> FeatureValue? in
                generator.nextUniform() < 0.05 ? nil : .number(number)
            }
            columns.append(FeatureColumn(name: "quantity \(quantity)", values: values))
        }
        for category in 0..<categories {
            let values = (0..<rows).map { _ -> FeatureValue? in
                let u = generator.nextUniform()
                return .level("value \(Int(u * u * Double(3 * (category + 1))))")
            }
            columns.append(FeatureColumn(name: "category \(category)", values: values))
        }
        let scores = signal.map { 1 / (1 + exp(1 - 0.7 * $0)) }
        let outcomes = signal.map { generator.nextUniform() < 1 / (1 + exp(0.8 - $0)) }
        let window = try RetrainingRows(
            probabilities: scores,
            outcomes: outcomes,
            features: columns
        )
        return (window, columns)
    }

    private static func sorted(_ values: [FeatureValue?]) -> [FeatureValue] {
        values.compactMap(\.self).sorted()
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
