/// A loss by which two models are compared on the same requests, by the name of the metric whose mean it is; accuracy
/// is 1 minus the mean.
package enum PairedLoss: String, Sendable, CaseIterable {
    case brier = "brier_score"
    case logLoss = "log_loss"
    /// 1 for a wrong decision at the threshold.
    case decision = "accuracy"
    case absoluteError = "mae"
    case squaredError = "mse"

    package var metricName: String { rawValue }
}
