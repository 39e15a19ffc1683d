/// A loss by which two models are compared on the same requests.
package enum PairedLoss: String, Sendable, CaseIterable {
    case brier
    case logLoss
    /// 1 for a wrong decision at the threshold.
    case decision
    case absoluteError
    case squaredError

    /// The metric whose mean it is; accuracy is 1 minus the mean.
    package var metricName: String {
        switch self {
        case .brier: "brier_score"
        case .logLoss: "log_loss"
        case .decision: "accuracy"
        case .absoluteError: "mae"
        case .squaredError: "mse"
        }
    }

    package static func all(for kind: TaskKind) -> [PairedLoss] {
        kind == .regression ? [.absoluteError, .squaredError] : [.brier, .logLoss, .decision]
    }
}
