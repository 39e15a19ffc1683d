import Statistics

extension BinaryMetrics {
    /// In the order in which reports show them.
    static let formulas: [MetricFormula<BinaryMetrics>] = [
        .init(
            Metric(
                .decision,
                better: .higher,
                usual: 1,
                "share of right decisions at the task's threshold"
            )
        ) { $0.decision(.accuracy) },
        .init(
            Metric(
                "precision",
                better: .higher,
                needs: .totals,
                "share of positives among what reaches the threshold"
            )
        ) { $0.decision(.precision) },
        .init(
            Metric(
                "recall",
                better: .higher,
                needs: .totals,
                "share of the positives that reach the threshold"
            )
        ) { $0.decision(.recall) },
        .init(
            Metric(
                "specificity",
                better: .higher,
                needs: .totals,
                "share of the negatives that stay below the threshold"
            )
        ) { $0.decision(.specificity) },
        .init(
            Metric(
                "negative_predictive_value",
                title: "NPV",
                better: .higher,
                needs: .totals,
                "share of negatives among what stays below the threshold"
            )
        ) { $0.decision(.negativePredictiveValue) },
        .init(
            Metric(
                "f1",
                title: "F1",
                better: .higher,
                needs: .totals,
                "harmonic mean of precision and recall"
            )
        ) { $0.decision(.f1) },
        .init(
            Metric(
                "mcc",
                title: "MCC",
                better: .higher,
                needs: .totals,
                "Matthews correlation of decisions and outcomes"
            )
        ) { $0.decision(.matthewsCorrelation) },
        .init(
            Metric(
                "balanced_accuracy",
                title: "bal. acc.",
                better: .higher,
                needs: .totals,
                "mean of recall and specificity"
            )
        ) { $0.decision(.balancedAccuracy) },
        .init(
            Metric(
                ComparisonMetric.ranking.name,
                title: "AUC",
                better: .higher,
                usual: 2,
                needs: .histogram,
                "area under the ROC curve: how often a positive scores above a negative"
            )
        ) { $0.area() },
        .init(
            Metric(
                "average_precision",
                title: "avg. prec.",
                better: .higher,
                needs: .histogram,
                "mean of the precision at each positive, by falling score"
            )
        ) { $0.averagePrecision() },
        .init(
            Metric(
                .brier,
                title: "Brier",
                usual: 3,
                "mean squared distance of said from happened"
            )
        ) { $0.mean(.brier, .share) },
        .init(
            Metric(
                .logLoss,
                title: "log loss",
                usual: 4,
                "mean of -ln of the probability of what happened, clipped to 1e-15"
            )
        ) { $0.mean(.logLoss, .positive(power: 1, most: BinaryLosses.largestLogLoss)) },
        .init(
            Metric(
                "ece_10",
                title: "ECE 10",
                better: .lower,
                usual: 5,
                needs: .histogram,
                "mean distance of said from happened, 10 bins"
            )
        ) { $0.calibrationError(10) { $0.expectedCalibrationError() } },
        .init(
            Metric(
                "ece_15",
                title: "ECE 15",
                better: .lower,
                needs: .histogram,
                "mean distance of said from happened, 15 bins"
            )
        ) { $0.calibrationError(15) { $0.expectedCalibrationError() } },
        .init(
            Metric(
                "mce_10",
                title: "MCE 10",
                better: .lower,
                needs: .histogram,
                "the largest distance of a bin"
            )
        ) { $0.calibrationError(10) { $0.maximumCalibrationError() } },
        .init(
            Metric(
                "mcb",
                title: "MCB",
                better: .lower,
                needs: .histogram,
                "what recalibration would take off the Brier score"
            )
        ) { $0.parts.miscalibration },
        .init(
            Metric(
                "dsc",
                title: "DSC",
                better: .higher,
                needs: .histogram,
                "what telling cases apart takes off it"
            )
        ) { $0.parts.discrimination },
        .init(
            Metric(
                "unc",
                title: "UNC",
                better: .neither,
                needs: .histogram,
                "the Brier score of always saying the base rate"
            )
        ) { $0.parts.uncertainty },
        .init(
            Metric(
                "calibration_intercept",
                title: "cal. intercept",
                better: .neither,
                needs: .histogram,
                "0 is right; above 0 more happens than is said"
            )
        ) { $0.line.intercept },
        .init(
            Metric(
                "calibration_slope",
                title: "cal. slope",
                better: .neither,
                needs: .histogram,
                "1 is right; below 1 the scores are too extreme"
            )
        ) { $0.line.slope },
        .init(
            Metric(
                "mean_score",
                better: .neither,
                needs: .histogram,
                "what the scores say on average"
            )
        ) { $0.meanScore() },
        .init(
            Metric("base_rate", better: .neither, needs: .totals, "share of positives")
        ) { $0.baseRate() },
    ]
}
