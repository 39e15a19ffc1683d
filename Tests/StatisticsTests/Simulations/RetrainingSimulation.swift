import Foundation
import Statistics
import Testing

/// What a refit on 8,000 rows costs where there is nothing to learn, and wins where there is, on rows that it has not seen.
///
/// Both are counted against the true probabilities, or medians, so that no luck of outcomes is in them:
///
/// - Nothing to learn: a fit of p columns without a penalty would lose a share of about p/n of the champion's loss. The bar
///   is that the refit loses no more than that.
/// - Something to learn: the bar is 80 % of what the truth itself wins over the champion.
@Suite(.tags(.simulation), .serialized) struct RetrainingSimulation {
    static let rows = 8_000

    /// Eight normal numbers, of which one is missing now and then, and four texts of twelve values.
    static func features(_ generator: inout SeededGenerator, _ count: Int) -> [FeatureColumn] {
        var columns: [FeatureColumn] = []
        for index in 0..<8 {
            let values = (0..<count).map { row -> FeatureValue? in
                index == 7 && row % 10 == 0 ? nil : .number(generator.nextNormal())
            }
            columns.append(FeatureColumn(name: "number \(index)", values: values))
        }
        for index in 0..<4 {
            let values = (0..<count).map { _ -> FeatureValue? in
                .level("\(Int.random(in: 0..<12, using: &generator))")
            }
            columns.append(FeatureColumn(name: "text \(index)", values: values))
        }
        return columns.sorted { $0.name < $1.name }
    }

    static func number(_ columns: [FeatureColumn], _ index: Int, _ row: Int) -> Double {
        guard case .number(let number) = columns[index].values[row] else { return 0 }
        return number
    }

    /// What the features add: a line, a step that no line has, and a level.
    static func signal(_ columns: [FeatureColumn], _ row: Int) -> Double {
        0.8 * number(columns, 0, row) + (number(columns, 1, row) > 1 ? 1.2 : 0)
            + (columns[8].values[row] == .level("3") ? -1 : 0)
    }

    static func scores(
        _ model: RetrainedModel,
        _ champion: [Double],
        _ columns: [FeatureColumn]
    ) -> [Double] {
        champion.indices.map { row in
            model.score(champion: champion[row], features: columns.map { $0.values[row] })
        }
    }

    /// The mean squares of champion and refit around true probabilities, and the mean Brier score of the truth.
    static func classes(
        seed: UInt64,
        signal share: Double
    ) throws -> (champion: Double, refit: Double, truth: Double, columns: Int) {
        var generator = SeededGenerator(seed: seed)
        func draw() -> (champion: [Double], truth: [Double], columns: [FeatureColumn]) {
            let columns = features(&generator, rows)
            let known = (0..<rows).map { _ in generator.nextNormal() - 1 }
            return (
                known.map(Simulation.sigmoid),
                known.indices.map {
                    Simulation.sigmoid(known[$0] + share * signal(columns, $0))
                },
                columns
            )
        }
        let past = draw()
        let window = try RetrainingRows(
            probabilities: past.champion,
            outcomes: past.truth.map { generator.nextUniform() < $0 },
            features: past.columns
        )
        let model = try #require(RetrainedModel.fit(window))
        let new = draw()
        func meanSquare(_ scores: [Double]) -> Double {
            zip(scores, new.truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(rows)
        }
        return (
            meanSquare(new.champion), meanSquare(scores(model, new.champion, new.columns)),
            new.truth.reduce(0) { $0 + $1 * (1 - $1) } / Double(rows), model.coefficients.count
        )
    }

    /// The mean absolute errors of champion, refit and true median, with errors of which the variance is infinite.
    static func numbers(
        seed: UInt64,
        signal share: Double
    ) throws -> (champion: Double, refit: Double, truth: Double, columns: Int) {
        var generator = SeededGenerator(seed: seed)
        func draw() -> (
            champion: [Double], truth: [Double], outcomes: [Double], columns: [FeatureColumn]
        ) {
            let columns = features(&generator, rows)
            let champion = (0..<rows).map { _ in 20 + 5 * generator.nextNormal() }
            let truth = champion.indices.map { champion[$0] + share * signal(columns, $0) }
            let outcomes = truth.map { median in
                // The tail of the error falls with the power 1.6 of its size.
                let size = pow(1 - generator.nextUniform(), -1 / 1.6) - 1
                return median + (generator.nextUniform() < 0.5 ? -size : size)
            }
            return (champion, truth, outcomes, columns)
        }
        let past = draw()
        let window = try RetrainingRows(
            predictions: past.champion,
            outcomes: past.outcomes,
            features: past.columns
        )
        let model = try #require(RetrainedModel.fit(window))
        let new = draw()
        func meanError(_ scores: [Double]) -> Double {
            zip(scores, new.outcomes).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(rows)
        }
        return (
            meanError(new.champion), meanError(scores(model, new.champion, new.columns)),
            meanError(new.truth), model.coefficients.count
        )
    }

    @Test func `where there is nothing to learn a refit loses no more than its columns cost`()
        throws
    {
        var (classes, numbers, bar) = (0.0, 0.0, 0.0)
        for run in 0..<Simulation.runs {
            let ofClasses = try Self.classes(seed: 5_000 + UInt64(run), signal: 0)
            classes += ofClasses.refit / ofClasses.truth
            let ofNumbers = try Self.numbers(seed: 5_000 + UInt64(run), signal: 0)
            numbers += ofNumbers.refit / ofNumbers.champion - 1
            bar += Double(ofClasses.columns) / Double(Self.rows)
        }
        if Simulation.runs >= 50 {
            print("lost to columns that say nothing: \(classes / bar), \(numbers / bar) of the bar")
        }
        #expect(classes < bar)
        #expect(numbers < bar)
    }

    @Test func `where features tell, a refit wins most of what the truth would`() throws {
        var (classes, numbers) = (0.0, 0.0)
        for run in 0..<Simulation.runs {
            let ofClasses = try Self.classes(seed: 6_000 + UInt64(run), signal: 1)
            classes += 1 - ofClasses.refit / ofClasses.champion
            let ofNumbers = try Self.numbers(seed: 6_000 + UInt64(run), signal: 1)
            numbers +=
                (ofNumbers.champion - ofNumbers.refit) / (ofNumbers.champion - ofNumbers.truth)
        }
        let runs = Double(Simulation.runs)
        if Simulation.runs >= 50 {
            print("won of what the truth wins: \(classes / runs), \(numbers / runs)")
        }
        #expect(classes / runs > 0.8)
        #expect(numbers / runs > 0.8)
    }
}
