import Evaluation

/// Classes, the positive one and the threshold, which depend on each other.
extension TaskSetting {
    package static let classes = TaskSetting(
        "classes",
        of: \.classes,
        "The class names in order.",
        note: "None where a number is predicted.",
        .list(of: .name),
        requested: JSONValue.nameList.adding(["examples": [["0", "1"]]]),
        shapesCells: true,
        value: { $0.classes },
        text: { $0.kind.has(.classes) ? $0.classes.joined(separator: ", ") : nil },
        refusal: { task in
            Refusal(
                unless: !task.kind.has(.threshold)
                    || task.classes.count == 2 && Set(task.classes).count == 2,
                task.classes.joined(separator: ","),
                "two different names, such as 0,1."
            )
        },
        read: readClasses
    )

    package static let positive = TaskSetting(
        "positive",
        of: \.positiveClass,
        "The class whose probability a score is.",
        note: "Null where scores are no probabilities of one class.",
        .orNull(.name),
        requested: ["type": ["string", "null"], "examples": ["1"]],
        shapesCells: true,
        value: { $0.kind.has(.threshold) ? $0.positiveClassName : nil },
        text: { $0.kind.has(.threshold) ? $0.positiveClassName?.text ?? "none" : nil },
        refusal: { task in
            Refusal(
                unless: !task.kind.has(.classes)
                    || task.classes.indices.contains(task.positiveClass),
                "\(task.positiveClass)",
                "one of the classes."
            )
        },
        read: readPositive
    )

    package static let threshold = TaskSetting(
        "threshold",
        of: \.threshold,
        "Decide for the positive class from this score on.",
        note: "Null where scores are no probabilities of one class.",
        .orNull(.share),
        shapesCells: true,
        value: { $0.kind.has(.threshold) ? $0.threshold : nil },
        text: { $0.kind.has(.threshold) ? "score >= \($0.threshold)" : nil },
        refusal: { task in
            Refusal(
                unless: !task.kind.has(.threshold) || (0...1).contains(task.threshold),
                "\(task.threshold)",
                "a number from 0 to 1."
            )
        },
        read: readThreshold
    )

    /// The classes; where a task has none, nothing may be said of them.
    private static func readClasses(
        _ given: GivenSettings,
        _ name: String,
        _ task: PredictionTask
    ) throws -> [Name]? {
        let classes = try given.members.names(name)
        guard !task.kind.has(.classes) else { return classes }
        let isNegative = try given.members.choice(noLabelMeans.name) == LabelPolicy.negative
        guard classes ?? [] == [], given.members[positive.name] == nil,
            given.members[threshold.name] == nil, !isNegative
        else {
            throw ParameterFault(
                .impossible,
                """
                A regression task has no classes: leave out \(setting: name), \(setting: positive.name), \
                \(setting: threshold.name) and \(setting: noLabelMeans.name) negative.
                """
            )
        }
        return nil
    }

    /// The index of the positive class among the classes, which have been read; the class stays where only they change.
    private static func readPositive(
        _ given: GivenSettings,
        _ name: String,
        _ task: PredictionTask
    ) throws -> Int? {
        guard let positive = try given.members.text(name).map({ Name($0) }) else {
            guard given.members[classes.name] != nil else { return nil }
            let before = given.before.positiveClassName ?? .empty
            return task.classes.firstIndex(of: before)
                ?? PredictionTask.usualPositiveClass(of: task.classes)
        }
        guard let index = task.classes.firstIndex(of: positive) else {
            let all = task.classes.joined(separator: ", ")
            throw ParameterFault(
                .impossible,
                "\(setting: name) \"\(positive)\" is none of the classes: \(all)."
            )
        }
        return index
    }

    private static func readThreshold(
        _ given: GivenSettings,
        _ name: String,
        _ task: PredictionTask
    ) throws -> Double? {
        let threshold = try given.members.number(name)
        guard threshold == nil || task.kind.has(.threshold) else {
            throw ParameterFault(.impossible, "\(setting: name) is for binary tasks.")
        }
        return threshold
    }
}
