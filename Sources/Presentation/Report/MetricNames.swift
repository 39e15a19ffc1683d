import Contract
package import Evaluation

/// Which metrics are shown, and what they are called in tables.
package enum MetricNames {
    package static func all(_ kind: TaskKind) -> [String] {
        kind.has(.classes) ? BinaryMetrics.names : RegressionMetrics.names
    }

    /// What a report shows unless it is asked for others.
    package static func usual(_ kind: TaskKind) -> [String] {
        kind.has(.classes)
            ? ["accuracy", "roc_auc", "brier_score", "log_loss", "ece_10"]
            : ["mae", "rmse", "mean_error", "r2"]
    }

    /// The metrics that an option names.
    ///
    /// - Parameters:
    ///   - names: Names, or only `all`; `nil` takes the usual ones.
    ///   - kind: Of the task.
    /// - Returns: The names in the order in which they were given.
    /// - Throws: `TextError` that lists the metrics.
    package static func chosen(_ names: [String]?, kind: TaskKind) throws -> [String] {
        guard let names else { return usual(kind) }
        let known = all(kind)
        if names == ["all"] { return known }
        for name in names where !known.contains(name) {
            throw TextError(
                "\"\(name)\" is no metric of a \(kind.rawValue) task; the metrics are "
                    + known.joined(separator: ", ") + ", or all."
            )
        }
        return names
    }

    private static let titles = [
        "roc_auc": "AUC", "average_precision": "avg. prec.", "brier_score": "Brier",
        "log_loss": "log loss", "ece_10": "ECE 10", "ece_15": "ECE 15", "mce_10": "MCE 10",
        "mcb": "MCB", "dsc": "DSC", "unc": "UNC", "f1": "F1", "mcc": "MCC", "mae": "MAE",
        "rmse": "RMSE", "mse": "MSE", "r2": "R²", "mean_error": "bias", "median_ae": "median AE",
        "wape": "WAPE", "balanced_accuracy": "bal. acc.", "calibration_intercept": "cal. intercept",
        "calibration_slope": "cal. slope",
    ]

    package static func title(_ name: String) -> String {
        titles[name] ?? name.replacing("_", with: " ")
    }

    /// What the loss of a prediction is a part of.
    package static func cohortLoss(_ kind: TaskKind) -> String {
        kind.has(.classes) ? "Brier score" : "mean absolute error"
    }

    private static let better = [
        "higher": [
            "accuracy", "precision", "recall", "specificity", "f1", "mcc", "balanced_accuracy",
            "roc_auc", "average_precision", "dsc", "r2",
        ],
        "lower": [
            "brier_score", "log_loss", "ece_10", "ece_15", "mce_10", "mcb", "mae", "rmse", "mse",
            "median_ae", "wape",
        ],
    ]

    /// `higher` or `lower`, whichever is better; `nil` where neither is.
    package static func betterSide(_ name: String) -> String? {
        better.first { $0.value.contains(name) }?.key
    }
}
