/// What of a task can be set, by the name that requests give it.
package enum TaskSetting: String, Sendable, CaseIterable {
    case classes
    case positive
    case threshold
    case horizon
    case noLabelMeans = "no_label_means"
    case timeZone = "time_zone"
    case bucket
    case slices
    case evidenceUnit = "evidence_unit"
    case labelSources = "label_sources"
    case baseline
    case tolerance
    case retention

    /// Whether stored cells depend on it.
    package var shapesCells: Bool {
        switch self {
        case .classes, .positive, .threshold, .timeZone, .bucket, .slices, .labelSources,
            .evidenceUnit:
            true
        case .horizon, .noLabelMeans, .baseline, .tolerance, .retention: false
        }
    }

    private func isSame(in a: PredictionTask, _ b: PredictionTask) -> Bool {
        switch self {
        case .classes: a.classes == b.classes
        case .positive: a.positiveClass == b.positiveClass
        case .threshold: a.threshold == b.threshold
        case .horizon: a.horizonSeconds == b.horizonSeconds
        case .noLabelMeans: a.labelPolicy == b.labelPolicy
        case .timeZone: a.timeZone == b.timeZone
        case .bucket: a.bucketSize == b.bucketSize
        case .slices: a.sliceKeys == b.sliceKeys
        case .evidenceUnit: a.evidenceUnit == b.evidenceUnit
        case .labelSources: a.labelSources == b.labelSources
        case .baseline: a.baseline == b.baseline
        case .tolerance: a.tolerance == b.tolerance
        case .retention: a.retentionSeconds == b.retentionSeconds
        }
    }

    /// What differs between two versions of a task.
    package static func changed(from a: PredictionTask, to b: PredictionTask) -> [TaskSetting] {
        allCases.filter { !$0.isSame(in: a, b) }
    }
}
