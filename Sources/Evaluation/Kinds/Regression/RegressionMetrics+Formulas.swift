extension RegressionMetrics {
    /// In the order in which reports show them.
    static let formulas: [MetricFormula<RegressionMetrics>] = [
        .init(Metric(.absoluteError, title: "MAE", usual: 1, "mean absolute error")) {
            $0.meanAbsoluteError()
        },
        .init(
            Metric(
                "rmse",
                title: "RMSE",
                better: .lower,
                usual: 2,
                needs: .totals,
                "root of the mean squared error"
            )
        ) { $0.rootMeanSquare() },
        .init(
            Metric(
                "median_ae",
                title: "median AE",
                better: .lower,
                needs: .histogram,
                "median absolute error"
            )
        ) { $0.median() },
        .init(
            Metric(
                "wape",
                title: "WAPE",
                better: .lower,
                needs: .totals,
                "sum of absolute errors as a share of the sum of absolute labels"
            )
        ) { $0.weightedPercentage() },
        .init(
            Metric(
                "r2",
                title: "R²",
                better: .higher,
                usual: 4,
                needs: .totals,
                "1 less squared errors as a share of squared distances from the mean label"
            )
        ) { $0.determination() },
        .init(
            Metric(
                "mean_error",
                title: "bias",
                better: .neither,
                usual: 3,
                needs: .totals,
                "mean of prediction - label"
            )
        ) { $0.bias() },
        .init(
            Metric("mean_prediction", better: .neither, needs: .totals, "mean of the predictions")
        ) {
            $0.mean(of: .prediction)
        },
        .init(Metric("mean_label", better: .neither, needs: .totals, "mean of the labels")) {
            $0.mean(of: .label)
        },
    ]
}
