import Foundation
import Statistics

/// Every metric from rows, as plainly as can be; what a report says must lie within its bound of it.
enum PlainMetrics {
    static func regression(_ rows: MetricRows) -> [String: Double?] {
        let values = rows.rows
        let n = Double(values.count)
        let errors = values.map { $0.score - $0.label }
        let sorted = errors.map(abs).sorted()
        let meanLabel = values.reduce(0) { $0 + $1.label } / n
        let squares = errors.reduce(0) { $0 + $1 * $1 }
        // Centred at the first label, which does not lose what a large mean would.
        let first = values[0].label
        let shift = values.reduce(0) { $0 + ($1.label - first) } / n
        let spread = values.reduce(0) { sum, row in
            sum + (row.label - first - shift) * (row.label - first - shift)
        }
        let size = values.reduce(0) { $0 + abs($1.label) }
        let differ = Set(values.map(\.label)).count > 1
        return [
            "mae": errors.reduce(0) { $0 + abs($1) } / n,
            "rmse": (squares / n).squareRoot(),
            "median_ae": (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2,
            "wape": size > 0 ? errors.reduce(0) { $0 + abs($1) } / size : nil,
            "r2": differ ? 1 - squares / spread : nil,
            "mean_error": errors.reduce(0, +) / n,
            "mean_prediction": values.reduce(0) { $0 + $1.score } / n,
            "mean_label": meanLabel,
        ]
    }

    static func binary(_ rows: MetricRows) throws -> [String: Double?] {
        let outcomes = rows.rows.map { $0.label == 1 }
        let scores = rows.rows.map(\.score)
        let forecasts = try BinaryForecasts(probabilities: scores, outcomes: outcomes)
        let counts = ConfusionCounts(forecasts, threshold: rows.threshold)
        let parts = scoreDecomposition(forecasts)
        let fit = calibrationFit(forecasts)
        let n = Double(scores.count)
        func bins(_ count: Int) -> CalibrationBins {
            CalibrationBins(equalWidth: forecasts, count: count)
        }
        return [
            "accuracy": counts.accuracy, "precision": counts.precision, "recall": counts.recall,
            "specificity": counts.specificity,
            "negative_predictive_value": counts.negativePredictiveValue, "f1": counts.f1,
            "mcc": counts.matthewsCorrelation, "balanced_accuracy": counts.balancedAccuracy,
            "roc_auc": areaUnderCurve(forecasts),
            "average_precision": Statistics.averagePrecision(forecasts),
            "brier_score": brierScore(forecasts), "log_loss": logLoss(forecasts).value,
            "ece_10": bins(10).expectedCalibrationError(),
            "ece_15": bins(15).expectedCalibrationError(),
            "mce_10": bins(10).maximumCalibrationError(), "mcb": parts.miscalibration,
            "dsc": parts.discrimination, "unc": parts.uncertainty,
            "calibration_intercept": fit?.intercept, "calibration_slope": fit?.slope,
            "mean_score": scores.reduce(0, +) / n,
            "base_rate": Double(outcomes.count { $0 }) / n,
        ]
    }
}
