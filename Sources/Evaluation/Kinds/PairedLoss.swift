import Statistics

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

    /// Its metric, as sentences call it.
    package var words: String { traits.words }

    /// Where a gain can lie, if not anywhere.
    var gainRange: Interval? { traits.most.map { Interval(low: -$0, high: $0) } }

    /// Whether the sum of squared gains is kept.
    var keepsSquares: Bool { traits.keepsSquares }

    /// Whether sums are of losses in whole `FixedPoint.lossUnits`, and so as uncertain as their rounding.
    var isRounded: Bool { traits.isRounded }

    private var traits: (words: String, most: Double?, keepsSquares: Bool, isRounded: Bool) {
        switch self {
        case .brier: (words: "Brier score", most: 1, keepsSquares: true, isRounded: true)
        case .logLoss: (words: "log loss", most: nil, keepsSquares: true, isRounded: true)
        case .decision: (words: "accuracy", most: 1, keepsSquares: true, isRounded: false)
        case .absoluteError:
            (words: "mean absolute error", most: nil, keepsSquares: true, isRounded: false)
        case .squaredError:
            (words: "mean squared error", most: nil, keepsSquares: false, isRounded: false)
        }
    }
}
