import Statistics
import Testing

/// Scores of classes and numbers do not depend on the order of rows, and weights repeat them.
@Suite struct OrderTests {
    @Test func `scores of classes do not depend on the order of rows`() throws {
        let forecasts = try MulticlassTests.forecasts()
        var generator = SeededGenerator(seed: 41)
        let order = Array(0..<forecasts.count).shuffled(using: &generator)
        let shuffled = try MulticlassForecasts(
            probabilities: order.flatMap { row in (0..<4).map { forecasts[row, $0] } },
            classCount: 4,
            outcomes: order.map { forecasts.outcomes[$0] }
        )
        #expect(MulticlassConfusion(shuffled) == MulticlassConfusion(forecasts))
        #expect(oneVersusRestAreas(shuffled) == oneVersusRestAreas(forecasts))
        expectClose(logLoss(shuffled).value, logLoss(forecasts).value, relative: 1e-13)
        expectClose(
            rankedProbabilityScore(shuffled),
            rankedProbabilityScore(forecasts),
            relative: 1e-13
        )
        // Turning the order of the classes around leaves the ranked score as it is.
        let turned = try MulticlassForecasts(
            probabilities: (0..<forecasts.count).flatMap { row in
                (0..<4).map { forecasts[row, 3 - $0] }
            },
            classCount: 4,
            outcomes: forecasts.outcomes.map { 3 - $0 }
        )
        expectClose(
            rankedProbabilityScore(turned),
            rankedProbabilityScore(forecasts),
            relative: 1e-12
        )
    }

    @Test func `two classes are the binary case`() throws {
        let binary = try BinaryMetricTests.forecasts("champion")
        let classes = try MulticlassForecasts(
            probabilities: binary.probabilities.flatMap { [1 - $0, $0] },
            classCount: 2,
            outcomes: binary.outcomes.map { $0 ? 1 : 0 }
        )
        expectClose(
            brierScore(classes, scale: .half),
            brierScore(binary),
            relative: 1e-12
        )
        expectClose(logLoss(classes).value, logLoss(binary).value, relative: 1e-12)
        expectClose(
            oneVersusOneArea(classes)?.macro,
            try #require(areaUnderCurve(binary)),
            relative: 1e-12
        )
        expectClose(
            // A score of exactly ½ is decided the other way among classes.
            MulticlassConfusion(classes).matthewsCorrelation,
            try #require(ConfusionCounts(binary, threshold: 0.5).matthewsCorrelation),
            relative: 0.02
        )
    }

    @Test func `errors of numbers repeat with whole weights and keep their unit`() throws {
        let points = try RegressionTests.points()
        var generator = SeededGenerator(seed: 42)
        let times = (0..<points.count).map { _ in Int.random(in: 1...3, using: &generator) }
        let weighted = try PointForecasts(
            predictions: points.predictions,
            outcomes: points.outcomes,
            weights: times.map { Double($0) }
        )
        let rows = times.indices.flatMap { [Int](repeating: $0, count: times[$0]) }
            .shuffled(using: &generator)
        let copies = try PointForecasts(
            predictions: rows.map { points.predictions[$0] },
            outcomes: rows.map { points.outcomes[$0] }
        )
        expectClose(
            weighted.totals.rootMeanSquaredError,
            try #require(copies.totals.rootMeanSquaredError),
            relative: 1e-12
        )
        expectClose(
            determination(weighted),
            try #require(determination(copies)),
            relative: 1e-12
        )
        // In another unit errors scale and shares stay.
        let scaled = try PointForecasts(
            predictions: points.predictions.map { 1000 * $0 },
            outcomes: points.outcomes.map { 1000 * $0 }
        )
        expectClose(
            scaled.totals.meanAbsoluteError,
            1000 * (try #require(points.totals.meanAbsoluteError)),
            relative: 1e-12
        )
        expectClose(
            determination(scaled),
            try #require(determination(points)),
            relative: 1e-12
        )
        expectClose(
            spearmanCorrelation(scaled),
            try #require(spearmanCorrelation(points)),
            relative: 1e-12
        )
    }
}
