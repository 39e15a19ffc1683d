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

    @Test func `a value that no task can have is refused by its setting, and by no other`() {
        let wrong: [(TaskSetting, (inout PredictionTask) -> Void, String)] = [
            (.classes, { $0.classes = ["a", "a"] }, "a,a"),
            (.classes, { $0.classes = ["a", "b", "c"] }, "a,b,c"),
            (.positive, { $0.positiveClass = 2 }, "2"),
            (.threshold, { $0.threshold = 1.5 }, "1.5"),
            (.threshold, { $0.threshold = .nan }, "nan"),
            (.horizon, { $0.horizonSeconds = 0 }, "0d"),
            (.slices, { $0.sliceKeys = ["a", "b", "a"] }, "a,b,a"),
            (.labelSources, { $0.labelSources = ["a", "a"] }, "a,a"),
            (.baseline, { $0.baseline = .first(cohorts: 29) }, "first:29"),
            (.baseline, { $0.baseline = .first(cohorts: 876_601) }, "first:876601"),
            (.retention, { $0.retentionSeconds = $0.horizonSeconds - 1 }, "5183999s"),
        ]
        let right = PredictionTask(name: "t", kind: .binary)
        #expect(TaskSetting.all.allSatisfy { $0.refusal(right) == nil })
        for (setting, spoil, value) in wrong {
            var task = right
            spoil(&task)
            let refusing = TaskSetting.all.filter { $0.refusal(task) != nil }
            #expect(refusing == [setting])
            #expect(setting.refusal(task)?.value == value)
        }
        var number = PredictionTask(name: "t", kind: .regression)
        number.threshold = 7
        #expect(TaskSetting.all.allSatisfy { $0.refusal(number) == nil })
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
            minimumCoverage: 0.2,
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
