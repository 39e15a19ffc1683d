/// What is predicted: a class of two, a class of several, or a number.
package enum TaskKind: String, Sendable, CaseIterable {
    case binary
    case multiclass
    case regression

    /// What the rows of such tasks hold; the only place that tells one kind from another.
    var rows: any RowForm {
        switch self {
        case .binary: BinaryScoring()
        case .multiclass: MulticlassRows()
        case .regression: RegressionScoring()
        }
    }

    /// How such tasks are evaluated.
    ///
    /// - Precondition: The kind is open.
    var scoring: any Scoring {
        guard let scoring = rows.scoring else {
            preconditionFailure("Tasks of kind \(rawValue) cannot be evaluated yet.")
        }
        return scoring
    }

    /// Whether tasks of the kind can be evaluated; others are never made.
    package var isOpen: Bool { rows.scoring != nil }

    /// The kinds whose tasks can be evaluated.
    package static let open = allCases.filter(\.isOpen)

    package func has(_ feature: TaskFeature) -> Bool { rows.features.contains(feature) }

    /// The losses by which two models are compared; at least one, the main one first.
    package var losses: [PairedLoss] { scoring.losses }

    /// The loss that a verdict is about unless another is asked for.
    package var mainLoss: PairedLoss { losses[0] }

    /// The loss by which cohorts and single predictions are judged.
    package var cohortLoss: CohortLoss { scoring.cohortLoss }

    /// All metrics, in the order in which they are shown.
    package var metrics: [Metric] { scoring.metrics }

    /// The metrics of a report, which has no pairs.
    package var reportedMetrics: [Metric] { metrics.filter { $0.needs != .pairs } }

    /// The metrics that a report shows unless it is asked for others.
    package var usualMetrics: [Metric] {
        metrics.filter { $0.usualPlace != nil }.sorted {
            ($0.usualPlace ?? 0) < ($1.usualPlace ?? 0)
        }
    }
}
