import Contract
import Evaluation
import Testing

/// A setting of a task is one value, which all that is said of it comes from.
@Suite struct TaskSettingTests {
    @Test func `what a task answers of its settings gives the same task when it is read again`()
        throws
    {
        var task = PredictionTask(name: "t", kind: .binary)
        task.classes = ["no", "yes"]
        task.positiveClass = 0
        task.threshold = 0.3
        task.horizonSeconds = 7 * 86_400
        task.labelPolicy = .negative
        task.bucketSize = .hour
        task.sliceKeys = ["country"]
        task.evidenceUnit = .entity
        task.labelSources = ["crm", "web"]
        task.baseline = .first(cohorts: 48)
        task.tolerance = .relative(0.25)
        task.partitionDays = .year
        task.retentionSeconds = 400 * 86_400
        var read = PredictionTask(name: "t", kind: .binary)
        let names = TaskSetting.all.map(\.name)
        let given = GivenSettings(
            try Members(
                .object(task.json.members.filter { names.contains($0.name) }),
                allowed: names
            ),
            for: read
        ) { NamedZone(name: $0, rules: $0 == "UTC" ? .utc : nil) }
        for setting in TaskSetting.all { try setting.take(given, &read) }
        #expect(read == task)
    }

    @Test func `an answer has all settings, each once`() {
        #expect(
            PredictionTask(name: "t", kind: .regression).json.members.map(\.name)
                == ["task", "kind"] + TaskSetting.all.map(\.name)
        )
        #expect(Set(TaskSetting.all.map(\.name)).count == TaskSetting.all.count)
    }

    @Test func `where a number is predicted, nothing is said of classes`() {
        let task = PredictionTask(name: "t", kind: .regression, classes: [])
        for setting in [TaskSetting.classes, .positive, .threshold] {
            #expect(setting.text(task) == nil, "\(setting.name)")
        }
        #expect(TaskSetting.horizon.text(task) == "60d after a prediction its label is due")
    }

    @Test func `of another version of a task those settings are taken that cells depend on`() throws
    {
        let changeable = TaskSetting.all.filter { !$0.isFixed }
        let then = PredictionTask(name: "t", kind: .binary)
        let now = PredictionTask(
            name: "t",
            kind: .binary,
            classes: ["no", "yes"],
            positiveClass: 0,
            threshold: 0.3,
            horizonSeconds: 86_400,
            labelPolicy: .negative,
            timeZone: NamedZone(name: "Europe/Berlin", rules: nil),
            bucketSize: .hour,
            sliceKeys: ["country"],
            evidenceUnit: .entity,
            labelSources: ["crm"],
            baseline: .file,
            tolerance: .absolute(0.1),
            retentionSeconds: 86_400
        )
        #expect(TaskSetting.changed(from: then, to: now) == changeable)
        let counted = then.counted(as: now)
        #expect(
            TaskSetting.changed(from: then, to: counted)
                == changeable.filter(\.shapesCells)
        )
        #expect(
            TaskSetting.changed(from: counted, to: now)
                == changeable.filter { !$0.shapesCells }
        )
    }
}
