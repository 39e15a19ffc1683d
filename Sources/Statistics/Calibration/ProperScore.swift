import RealModule

/// A proper score whose optimum can be written in closed form: lower is better for all of them.
public enum ProperScore: String, Sendable, Hashable, CaseIterable {
    /// The squared error (p − y)².
    case brier
    /// The negative log probability of what happened, in nats.
    case logarithmic

    /// The summed score of `count` rows with `positives` among them, all forecast at their own share.
    ///
    /// 0 · ln 0 counts as 0.
    func entropy(count: Double, positives: Double) -> Double {
        let negatives = count - positives
        guard positives > 0, negatives > 0 else { return 0 }
        switch self {
        case .brier: return positives * (negatives / count)
        case .logarithmic:
            return -positives * Double.log(positives / count)
                - negatives * Double.log(negatives / count)
        }
    }
}
