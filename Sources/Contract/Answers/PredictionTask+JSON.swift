package import Evaluation

extension PredictionTask {
    /// The settings of the task.
    package var json: JSONValue {
        [
            "task": .name(name),
            "kind": .string(kind.rawValue),
            "classes": .names(classes),
            "positive": JSONValue(kind.has(.threshold) ? positiveClassName : nil),
            "threshold": JSONValue(kind.has(.threshold) ? threshold : nil),
            "horizon": .string(DurationText.text(horizonSeconds)),
            "no_label_means": .string(labelPolicy.rawValue),
            "time_zone": .string(timeZone.name),
            "bucket": .string(bucketSize.rawValue),
            "slices": .names(sliceKeys),
            "evidence_unit": .string(evidenceUnit.rawValue),
            "label_sources": .names(labelSources),
            "baseline": .string(BaselineText.text(baseline, task: self)),
            "tolerance": .string(ToleranceText.text(tolerance)),
            "partition": .string(PartitionText.text(partitionDays)),
            "retention": .string(RetentionText(seconds: retentionSeconds).text),
        ]
    }

    /// The name of the positive class, where there is one.
    package var positiveClassName: Name? {
        classes.indices.contains(positiveClass) ? classes[positiveClass] : nil
    }
}

extension JSONValue {
    /// A list of tasks.
    package static func tasks(_ tasks: [PredictionTask]) -> JSONValue {
        ["tasks": .array(tasks.map(\.json))]
    }
}
