/// What is predicted: a class of two, a class of several, or a number.
package enum TaskKind: String, Sendable, CaseIterable {
    case binary
    case multiclass
    case regression

    /// What tasks of the kind have, beside predictions, labels and losses.
    package var features: Set<TaskFeature> {
        switch self {
        case .binary: [.classes, .threshold, .calibration, .areas]
        case .multiclass: [.classes]
        case .regression: []
        }
    }

    package func has(_ feature: TaskFeature) -> Bool { features.contains(feature) }
}

/// What only some kinds of task have; who needs it asks for it, and not for the kind.
package enum TaskFeature: Sendable, CaseIterable {
    /// Outcomes are classes with names.
    case classes
    /// A score decides for the positive class from a threshold on.
    case threshold
    /// Scores are probabilities, which can be calibrated and recalibrated.
    case calibration
    /// Scores order requests, so that there are areas under curves.
    case areas
}
