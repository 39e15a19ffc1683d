/// What only some kinds of task have; who needs it asks for it, and not for the kind.
package enum TaskFeature: Sendable, CaseIterable {
    /// Outcomes are classes with names.
    case classes
    /// A score decides for the positive of two classes from a threshold on.
    case threshold
    /// Scores are probabilities, which can be calibrated and recalibrated.
    case calibration
    /// Scores order requests, so that there are areas under curves.
    case areas
    /// Predictions may bring quantiles of what they predict.
    case quantiles
}
