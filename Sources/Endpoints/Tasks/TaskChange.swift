package import Contract
package import Evaluation
import Ingest

/// Settings that a request gives: the members of a task's JSON.
package struct TaskChange: Sendable {
    private let members: Members

    private static let changeable = TaskSetting.allCases.map(\.rawValue)
    /// What is given when the task is made, and never again.
    private static let fixed = ["task", "kind", "partition"]

    package init(_ json: JSONValue, isNew: Bool) throws {
        members = try Members(
            json,
            allowed: (isNew ? Self.fixed : []) + Self.changeable,
            nullable: ["positive", "threshold"]
        )
        guard isNew || Self.changeable.contains(where: { members[$0] != nil }) else {
            throw ParameterFault(
                .impossible,
                "Give a setting to change: \(Self.changeable.joined(separator: ", "))."
            )
        }
    }

    /// The task that is to be created.
    package func newTask() throws -> PredictionTask {
        let name = try members.requiredText("task")
        guard let kind = try members.choice("kind", TaskKind.self) else {
            let all = TaskKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ParameterFault(
                .unreadable,
                "The member \"kind\" is missing; it is one of: \(all)."
            )
        }
        var task = PredictionTask(name: Name(name), kind: kind)
        if let partition = try members.value("partition", PartitionText.partition) {
            task.partitionDays = partition
        }
        try apply(to: &task)
        return task
    }

    package func apply(to task: inout PredictionTask) throws {
        try applyClasses(to: &task)
        if let horizon = try members.value("horizon", DurationText.seconds) {
            task.horizonSeconds = horizon
        }
        if let policy = try members.choice("no_label_means", LabelPolicy.self) {
            task.labelPolicy = policy
        }
        if let zone = try members.text("time_zone") { task.timeZone = NamedZone(zone) }
        if let bucket = try members.choice("bucket", TimeBucketSize.self) {
            task.bucketSize = bucket
        }
        if let slices = try members.names("slices") { task.sliceKeys = slices }
        if let unit = try members.choice("evidence_unit", EvidenceUnit.self) {
            task.evidenceUnit = unit
        }
        if let sources = try members.names("label_sources") { task.labelSources = sources }
        if let tolerance = try members.value("tolerance", ToleranceText.tolerance) {
            task.tolerance = tolerance
        }
        if let retention = try members.value("retention", RetentionText.init) {
            task.retentionSeconds = retention.seconds
        }
        if let baseline = try members.value("baseline", BaselineText.init) {
            guard let setting = try baseline.setting(for: task) else {
                throw ParameterFault(
                    .impossible,
                    """
                    \(setting: "baseline") is first:60d or FROM..TO; put the rows of a file to \
                    /v1/tasks/\(task.name)/baseline.
                    """
                )
            }
            task.baseline = setting
        }
    }

    private func applyClasses(to task: inout PredictionTask) throws {
        let classes = try members.names("classes")
        let positive = try members.text("positive").map { Name($0) }
        let threshold = try members.number("threshold")
        let policy = try members.choice("no_label_means", LabelPolicy.self)
        if !task.kind.has(.classes) {
            guard classes ?? [] == [], positive == nil, threshold == nil, policy != .negative else {
                throw ParameterFault(
                    .impossible,
                    """
                    A regression task has no classes: leave out \(setting: "classes"), \(setting: "positive"), \
                    \(setting: "threshold") and \(setting: "no_label_means") negative.
                    """
                )
            }
            return
        }
        guard task.kind.has(.threshold) || threshold == nil else {
            throw ParameterFault(.impossible, "\(setting: "threshold") is for binary tasks.")
        }
        if let classes {
            let name = task.positiveClassName ?? .empty
            task.classes = classes
            task.positiveClass =
                classes.firstIndex(of: name)
                ?? PredictionTask.usualPositiveClass(of: classes)
        }
        if let positive {
            guard let index = task.classes.firstIndex(of: positive) else {
                let all = task.classes.joined(separator: ", ")
                throw ParameterFault(
                    .impossible,
                    "\(setting: "positive") \"\(positive)\" is none of the classes: \(all)."
                )
            }
            task.positiveClass = index
        }
        if let threshold { task.threshold = threshold }
    }
}
