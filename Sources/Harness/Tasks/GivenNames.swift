import Contract
import Evaluation

extension PredictionTask {
    /// Refuses names that can no longer be given, but for those that the task had before.
    ///
    /// - Parameter before: The task before a change.
    /// - Throws: `HarnessError.invalidSetting`.
    func checkNames(changedFrom before: PredictionTask? = nil) throws {
        for (setting, names) in [
            (TaskSetting.classes, \PredictionTask.classes), (.slices, \.sliceKeys),
            (.labelSources, \.labelSources),
        ] {
            let known = before?[keyPath: names] ?? []
            for name in self[keyPath: names] where !known.contains(name) {
                try name.requireFit(as: "\(setting: setting.name)")
            }
        }
    }
}

extension Name {
    /// - Throws: `HarnessError.invalidSetting` where no task can be called so.
    func requireFitForTask() throws {
        guard TaskNameRule.allows(self) else {
            throw HarnessError.invalidSetting(
                name: "The task name",
                value: text,
                allowed: Wording(TaskNameRule.allowed)
            )
        }
    }

    /// The most characters of a name that somebody gives, as JSON Schema and PostgreSQL count them.
    private static var longest: Int { 100 }

    /// - Parameter setting: What the name is given for, in the words of the message.
    /// - Throws: `HarnessError.invalidSetting` where it cannot be given.
    func requireFit(as setting: Wording) throws {
        let problem =
            if let fault = NameFault(in: text) {
                "it \(fault.reason)"
            } else if text.unicodeScalars.count > Self.longest {
                "names have at most \(Self.longest) characters."
            } else {
                String?.none
            }
        guard let problem else { return }
        throw HarnessError.invalidSetting(
            name: setting,
            value: text,
            allowed: Wording(problem)
        )
    }
}
