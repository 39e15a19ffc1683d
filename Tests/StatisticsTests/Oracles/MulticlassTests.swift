import Foundation
import Statistics
import Testing

@Suite struct MulticlassTests {
    static let oracle = Oracle("02_multiclass")

    static func forecasts() throws -> MulticlassForecasts {
        let columns = (0..<4).map { Fixtures.numbers("02_multiclass/multi300.csv", "p\($0)") }
        return try MulticlassForecasts(
            probabilities: columns[0].indices.flatMap { row in columns.map { $0[row] } },
            classCount: 4,
            outcomes: Fixtures.numbers("02_multiclass/multi300.csv", "y").map { Int($0) }
        )
    }

    @Test func `decisions among classes agree with scikit-learn`() throws {
        let table = MulticlassConfusion(try Self.forecasts())
        let e = Self.oracle["hard"].expected
        #expect(table.counts == e["confusion"].array.map(\.doubles))
        expectClose(table.accuracy, e["accuracy"].double, relative: 1e-14)
        expectClose(table.balancedAccuracy, e["balanced_accuracy"].double, relative: 1e-14)
        expectClose(table.matthewsCorrelation, e["mcc"].double, relative: 1e-13)
        expectClose(table.cohenKappa, e["kappa"].double, relative: 1e-13)
        for average in ClassAverage.allCases {
            for metric in [ConfusionMetric.precision, .recall, .f1] {
                expectClose(
                    table.average(metric, average),
                    e["\(metric.rawValue)_\(average.rawValue)"].double,
                    relative: 1e-14
                )
            }
        }
        expectClose(
            (0..<4).compactMap { table.oneVersusRest($0).f1 },
            e["f1_per_class"].doubles,
            relative: 1e-14
        )
    }

    @Test func `probabilities of classes agree with scikit-learn`() throws {
        let forecasts = try Self.forecasts()
        let e = Self.oracle["prob"].expected
        let areas = oneVersusRestAreas(forecasts)
        expectClose(areas.macro, e["auc_ovr_macro"].double, relative: 1e-13)
        expectClose(areas.weighted, e["auc_ovr_weighted"].double, relative: 1e-13)
        expectClose(areas.micro, e["auc_ovr_micro"].double, relative: 1e-13)
        expectClose(
            areas.perClass.compactMap { $0 },
            e["auc_ovr_per_class"].doubles,
            relative: 1e-13
        )
        #expect(areas.undefinedClasses.isEmpty)
        let pairs = try #require(oneVersusOneArea(forecasts))
        expectClose(pairs.macro, e["auc_ovo_macro"].double, relative: 1e-13)
        expectClose(pairs.weighted, e["auc_ovo_weighted"].double, relative: 1e-13)
        for k in 1...3 {
            expectClose(
                topAccuracy(forecasts, k: k).value,
                e["top\(k)_accuracy"].double,
                relative: 1e-14
            )
        }
        expectClose(logLoss(forecasts).value, e["log_loss"].double, relative: 1e-13)
        expectClose(
            brierScore(forecasts, scale: .sum),
            e["brier_sum_convention"].double,
            relative: 1e-13
        )
        expectClose(
            brierScore(forecasts, scale: .half),
            e["brier_half_convention"].double,
            relative: 1e-13
        )
        expectClose(
            brierScore(forecasts, scale: .meanOverClasses),
            e["brier_mean_over_classes"].double,
            relative: 1e-13
        )
        expectClose(rankedProbabilityScore(forecasts), e["rps"].double, relative: 1e-13)
        expectClose(
            rankedProbabilityScore(forecasts, isNormalised: true),
            e["rps_normalised"].double,
            relative: 1e-13
        )
        let s = Self.oracle["brier_sklearn"].expected
        expectClose(
            brierScore(forecasts, scale: .sum),
            s["scale_false"].double,
            relative: 1e-13
        )
        expectClose(
            brierScore(forecasts, scale: .half),
            s["scale_true"].double,
            relative: 1e-13
        )
        expectClose(
            brierScore(forecasts, scale: .sum),
            s["scale_auto"].double,
            relative: 1e-13
        )
    }

    @Test func `calibration of classes agrees with the reference`() throws {
        let forecasts = try Self.forecasts()
        let e = Self.oracle["ece"].expected
        let bins = confidenceBins(forecasts, count: 15, edges: .upper)
        expectClose(
            bins.expectedCalibrationError(),
            e["confidence_ece_15"].double,
            relative: 1e-12
        )
        expectClose(
            bins.maximumCalibrationError(),
            e["confidence_mce_15"].double,
            relative: 1e-12
        )
        expectClose(
            classwiseCalibrationError(forecasts, count: 15, edges: .upper),
            e["classwise_ece_15"].double,
            relative: 1e-12
        )
        let u = Oracle("04_calibration", "expected_uncertainty_calibration.json")[
            "multi_top_label"
        ].expected
        expectClose(bins.expectedCalibrationError(), u["top_label_ece"].double, relative: 1e-12)
        // The marginal error: each class on the reference's edges, midpoints between ranks.
        var sum = 0.0
        for label in 0..<4 {
            let binary = forecasts.oneVersusRest(label)
            let scores = binary.probabilities.sorted()
            var distinct: Set<Double> = [1]
            for start in stride(from: 20, to: 300, by: 20) {
                distinct.insert(0.5 * (scores[start - 1] + scores[start]))
            }
            let edges = distinct.sorted()
            let square = CalibrationBins(binary, upperEdges: edges).debiasedSquaredError()
            sum += max(0, try #require(square)) / 4
        }
        expectClose(sum.squareRoot(), u["marginal_l2_debiased"].double, relative: 1e-10)
    }

    @Test func `ties in the top k count their share and absent classes are named`() throws {
        let forecasts = try MulticlassForecasts(
            probabilities: [0.4, 0.4, 0.2, 0.2, 0.4, 0.4],
            classCount: 3,
            outcomes: [0, 0]
        )
        let top = topAccuracy(forecasts, k: 1)
        #expect(top.value == 0.25 && top.tiedCount == 1)
        let areas = oneVersusRestAreas(forecasts)
        #expect(areas.undefinedClasses == [0, 1, 2])
        #expect(areas.macro == nil)
        #expect(oneVersusOneArea(forecasts) == nil)
        #expect(MulticlassConfusion(forecasts).average(.precision, .macro) == 0.5)
    }

    @Test func `rows that do not sum to 1 are refused`() {
        #expect(throws: StatisticsError.self) {
            try MulticlassForecasts(
                probabilities: [0.5, 0.5, 0.1],
                classCount: 3,
                outcomes: [0]
            )
        }
    }
}
