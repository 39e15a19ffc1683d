import Evaluation

extension TaskSetting {
    /// In the order in which they are shown, and read: what a setting depends on comes before it.
    package static let all: [TaskSetting] = [
        classes, positive, threshold, horizon, noLabelMeans, timeZone, bucket, slices, evidenceUnit,
        labelSources, baseline, tolerance, minimumCoverage, partition, retention,
    ]

    package static let horizon = TaskSetting(
        "horizon",
        of: \.horizonSeconds,
        "How long after a prediction its label may take.",
        .text("^[0-9]+[smhd]$"),
        requested: .duration,
        value: { DurationText.text($0.horizonSeconds) },
        text: { "\(DurationText.text($0.horizonSeconds)) after a prediction its label is due" },
        refusal: { task in
            Refusal(
                unless: task.horizonSeconds > 0,
                DurationText.text(task.horizonSeconds),
                "a duration above 0, such as 60d."
            )
        },
        read: { given, name, _ in try given.members.value(name, DurationText.seconds) }
    )

    package static let noLabelMeans = TaskSetting(
        "no_label_means",
        of: \.labelPolicy,
        "What a missing label means once the horizon has passed.",
        .choice,
        value: { $0.labelPolicy },
        text: { task in
            let meaning = task.labelPolicy == .pending ? "unknown for ever" : "negative"
            return "\(meaning), after the horizon"
        },
        read: { given, name, _ in try given.members.choice(name, LabelPolicy.self) }
    )

    package static let timeZone = TaskSetting(
        "time_zone",
        of: \.timeZone,
        "Where days begin; an IANA name.",
        .text,
        requested: ["type": "string", "examples": ["America/New_York"]],
        shapesCells: true,
        value: { $0.timeZone.name },
        text: { $0.timeZone.name },
        read: { given, name, _ in try given.members.text(name).map(given.zone) }
    )

    package static let bucket = TaskSetting(
        "bucket",
        of: \.bucketSize,
        "The smallest interval that is reported.",
        .choice,
        shapesCells: true,
        value: { $0.bucketSize },
        text: { $0.bucketSize.rawValue },
        read: { given, name, _ in try given.members.choice(name, TimeBucketSize.self) }
    )

    package static let slices = TaskSetting(
        "slices",
        of: \.sliceKeys,
        "Columns to report by as well.",
        .list(of: .name),
        requested: .nameList,
        shapesCells: true,
        value: { $0.sliceKeys },
        text: { list($0.sliceKeys) },
        refusal: { repeated($0.sliceKeys) },
        read: { given, name, _ in try given.members.names(name) }
    )

    package static let evidenceUnit = TaskSetting(
        "evidence_unit",
        of: \.evidenceUnit,
        "What counts as one independent piece of evidence; auto: the entity where entities come back on other days.",
        .choice,
        value: { $0.evidenceUnit },
        text: { $0.evidenceUnit.rawValue },
        read: { given, name, _ in try given.members.choice(name, EvidenceUnitRule.self) }
    )

    package static let labelSources = TaskSetting(
        "label_sources",
        of: \.labelSources,
        "Where labels come from, the most trusted first.",
        .list(of: .name),
        requested: .nameList,
        shapesCells: true,
        value: { $0.labelSources },
        text: { list($0.labelSources) },
        refusal: { repeated($0.labelSources) },
        read: { given, name, _ in try given.members.names(name) }
    )

    package static let baseline = TaskSetting(
        "baseline",
        of: \.baseline,
        "What later risk is held against: first:60d, or FROM..TO.",
        note: "Or file, where one was uploaded.",
        .text("^(first:[0-9]+[smhd]|file|.+Z\\.\\..+Z)$"),
        requested: ["type": "string", "examples": ["first:60d"]],
        value: { BaselineText.text($0.baseline, task: $0) },
        text: { BaselineText.text($0.baseline, task: $0) },
        refusal: { task in
            guard case .first(let cohorts) = task.baseline else { return nil }
            return Refusal(
                unless: (30...hoursOfCentury).contains(cohorts),
                "first:\(cohorts)",
                "30 cohorts or more, and no more than the hours of a century."
            )
        },
        read: { given, name, task in
            guard let baseline = try given.members.value(name, BaselineText.init) else {
                return nil
            }
            guard let setting = try baseline.setting(for: task) else {
                throw ParameterFault(
                    .impossible,
                    """
                    \(setting: name) is first:60d or FROM..TO; put the rows of a file to \
                    /v1/tasks/\(task.name)/baseline.
                    """
                )
            }
            return setting
        }
    )

    package static let tolerance = TaskSetting(
        "tolerance",
        of: \.tolerance,
        "By how much the risk may exceed the baseline: a share of it such as 10%, or an amount in the unit of the "
            + "loss such as 0.02.",
        .text("^[0-9.e+-]+%?$"),
        requested: ["type": "string", "examples": ["10%"]],
        value: { ToleranceText.text($0.tolerance) },
        text: { ToleranceText.text($0.tolerance) },
        read: { given, name, _ in try given.members.value(name, ToleranceText.tolerance) }
    )

    package static let minimumCoverage = TaskSetting(
        "minimum_coverage",
        of: \.minimumCoverage,
        "The least share of the last 28 matured days' predictions that must have labels for a verdict.",
        .share,
        value: { $0.minimumCoverage },
        text: { "\($0.minimumCoverage)" },
        refusal: {
            Refusal(
                unless: (0...1).contains($0.minimumCoverage),
                "\($0.minimumCoverage)",
                "a number from 0 to 1."
            )
        },
        read: { given, name, _ in try given.members.number(name) }
    )

    package static let partition = TaskSetting(
        "partition",
        of: \.partitionDays,
        "The width of table partitions.",
        .word(PartitionDays.allCases.map(PartitionText.text)),
        isFixed: true,
        value: { PartitionText.text($0.partitionDays) },
        text: { PartitionText.text($0.partitionDays) },
        read: { given, name, _ in try given.members.value(name, PartitionText.partition) }
    )

    package static let retention = TaskSetting(
        "retention",
        of: \.retentionSeconds,
        "How long rows are kept after the prediction: 400d, or none for ever.",
        .retention,
        requested: ["type": "string", "pattern": "^(none|[1-9][0-9]{0,6}[smhd])$"],
        value: { $0.retentionSeconds },
        text: { task in
            task.retentionSeconds.map { "rows are kept for \(DurationText.text($0))" }
                ?? "none: rows are kept for ever"
        },
        refusal: { task in
            Refusal(
                unless: task.retentionSeconds.map { $0 >= task.horizonSeconds } ?? true,
                DurationText.text(task.retentionSeconds ?? 0),
                "at least the horizon of \(DurationText.text(task.horizonSeconds)), or none: labels need the rows that they answer."
            )
        },
        read: { given, name, _ in try given.members.value(name, RetentionText.init).map(\.seconds)
        }
    )

    private static let hoursOfCentury = 876_600

    private static func repeated(_ names: [Name]) -> Refusal? {
        Refusal(
            unless: Set(names).count == names.count,
            names.joined(separator: ","),
            "different names."
        )
    }

    private static func list(_ names: [Name]) -> String {
        names.isEmpty ? "none" : names.joined(separator: ", ")
    }
}

extension JSONValue {
    /// The schema of names that a request gives.
    static let nameList: JSONValue = [
        "type": "array", "items": ["type": "string", "minLength": 1, "maxLength": 100],
        "uniqueItems": true,
    ]

    /// The schema of a duration that a request gives.
    package static let duration: JSONValue = [
        "description": "A whole number and s, m, h or d, such as 60d.",
        "type": "string", "pattern": "^[1-9][0-9]{0,6}[smhd]$",
    ]
}
