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

    private var place: Place {
        switch self {
        case .classes: Place(\.classes)
        case .positive: Place(\.positiveClass)
        case .threshold: Place(\.threshold)
        case .horizon: Place(\.horizonSeconds)
        case .noLabelMeans: Place(\.labelPolicy)
        case .timeZone: Place(\.timeZone)
        case .bucket: Place(\.bucketSize)
        case .slices: Place(\.sliceKeys)
        case .evidenceUnit: Place(\.evidenceUnit)
        case .labelSources: Place(\.labelSources)
        case .baseline: Place(\.baseline)
        case .tolerance: Place(\.tolerance)
        case .retention: Place(\.retentionSeconds)
        }
    }

    /// Where a task has a setting.
    private struct Place {
        let isSame: (PredictionTask, PredictionTask) -> Bool
        let copy: (_ source: PredictionTask, _ task: inout PredictionTask) -> Void

        init<Value: Equatable>(_ path: WritableKeyPath<PredictionTask, Value>) {
            isSame = { $0[keyPath: path] == $1[keyPath: path] }
            copy = { $1[keyPath: path] = $0[keyPath: path] }
        }
    }

    /// What differs between two versions of a task.
    package static func changed(from a: PredictionTask, to b: PredictionTask) -> [TaskSetting] {
        allCases.filter { !$0.place.isSame(a, b) }
    }

    /// Gives a task what of another version of it the cells depend on.
    fileprivate static func copyCells(from source: PredictionTask, to task: inout PredictionTask) {
        for setting in allCases where setting.shapesCells { setting.place.copy(source, &task) }
    }
}

extension PredictionTask {
    /// The task with those settings of another version of it that cells depend on.
    package func counted(as other: PredictionTask) -> PredictionTask {
        var task = self
        TaskSetting.copyCells(from: other, to: &task)
        return task
    }
}
