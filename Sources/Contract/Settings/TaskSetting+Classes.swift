import Evaluation

/// Classes, the positive one and the threshold are read together: each says what the others can be.
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
        take: takeClasses
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
        take: { _, _ in }
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
        take: { _, _ in }
    )

    private static func takeClasses(
        _ given: GivenSettings,
        _ task: inout PredictionTask
    ) throws {
        let classes = try given.members.names("classes")
        let positive = try given.members.text("positive").map { Name($0) }
        let threshold = try given.members.number("threshold")
        let policy = try given.members.choice("no_label_means", LabelPolicy.self)
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
