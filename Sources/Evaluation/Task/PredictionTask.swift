/// What the absence of a label means once the label horizon has passed (rule T9).
package enum LabelPolicy: String, Sendable, CaseIterable {
    /// Unlabelled stays unknown for ever.
    case pending
    /// Unlabelled is a negative, from the moment its whole time bucket is past the horizon.
    case negative
}

/// The unit that is taken as independent evidence.
package enum EvidenceUnit: String, Sendable, CaseIterable {
    case day
    case entity
}

/// What a task says of the unit.
package enum EvidenceUnitRule: String, Sendable, CaseIterable {
    /// The entity as soon as entities are seen to come back on other days, and the day until then.
    case auto
    case day
    case entity
}

/// One prediction problem: what its scores and labels mean, and how its time is cut.
package struct PredictionTask: Sendable, Equatable {
    package var id: Int32
    package var name: Name
    package var kind: TaskKind
    /// The class names in order, empty for regression; the label of class k is stored as the number k.
    package var classes: [Name]
    /// The index in `classes` of the class whose probability a binary score is.
    package var positiveClass: Int
    /// The decision rule of a binary task is `score >= threshold`.
    package var threshold: Double
    /// How long after a prediction its label may take, in seconds.
    package var horizonSeconds: Int64
    package var labelPolicy: LabelPolicy
    package var timeZone: NamedZone
    package var bucketSize: TimeBucketSize
    package var sliceKeys: [Name]
    package var evidenceUnit: EvidenceUnitRule
    /// Label sources from the most trusted down; a source that is not listed ranks below all of them.
    package var labelSources: [Name]
    package var baseline: BaselineSetting
    /// The newest baseline file, counted from 1, or 0 where none was uploaded; older files are kept.
    package var baselineVersion: Int32
    package var tolerance: Tolerance
    /// The least share of the recent predictions that must have a label for a verdict, where no alarm stands.
    package var minimumCoverage: Double
    /// The width in days of the table partitions that hold this task's rows.
    package var partitionDays: PartitionDays
    /// How long rows are kept after the prediction was made, in seconds; `nil` for ever.
    package var retentionSeconds: Int64?

    /// Classes that are left out are those that the kind has by itself; a positive class that is left out is the second.
    package init(
        id: Int32 = 0,
        name: Name,
        kind: TaskKind,
        classes: [Name]? = nil,
        positiveClass: Int? = nil,
        threshold: Double = 0.5,
        horizonSeconds: Int64 = 60 * 86_400,
        labelPolicy: LabelPolicy = .pending,
        timeZone: NamedZone = .utc,
        bucketSize: TimeBucketSize = .day,
        sliceKeys: [Name] = [],
        evidenceUnit: EvidenceUnitRule = .auto,
        labelSources: [Name] = [],
        baseline: BaselineSetting = .first(cohorts: 60),
        baselineVersion: Int32 = 0,
        tolerance: Tolerance = .relative(Tolerance.usualShare),
        minimumCoverage: Double = 0.5,
        partitionDays: PartitionDays = .month,
        retentionSeconds: Int64? = nil
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.classes = classes ?? kind.rows.usualClasses
        self.positiveClass = positiveClass ?? Self.usualPositiveClass(of: self.classes)
        self.threshold = threshold
        self.horizonSeconds = horizonSeconds
        self.labelPolicy = labelPolicy
        self.timeZone = timeZone
        self.bucketSize = bucketSize
        self.sliceKeys = sliceKeys
        self.evidenceUnit = evidenceUnit
        self.labelSources = labelSources
        self.baseline = baseline
        self.baselineVersion = baselineVersion
        self.tolerance = tolerance
        self.minimumCoverage = minimumCoverage
        self.partitionDays = partitionDays
        self.retentionSeconds = retentionSeconds
    }

    /// The index of the second of some classes, or of the only one; 0 where there are none.
    package static func usualPositiveClass(of classes: [Name]) -> Int {
        max(0, min(1, classes.count - 1))
    }

    /// - Returns: The time buckets of the task.
    /// - Throws: `TaskFault.unknownTimeZone` where its zone is not known.
    package func timeBuckets() throws(TaskFault) -> TimeBuckets {
        try timeZone.timeBuckets(bucketSize)
    }
}

/// The width of a time bucket, the smallest interval that is reported.
package enum TimeBucketSize: String, Sendable, CaseIterable {
    case hour
    case day
}

/// Which matured cohorts the champion's later risk is held against.
package enum BaselineSetting: Sendable, Equatable {
    /// The first cohorts of the champion that have matured.
    case first(cohorts: Int)
    /// The cohorts whose time buckets start in the interval.
    case interval(Window)
    /// Labelled predictions that were uploaded as a baseline.
    case file
}

/// By how much the risk may exceed the baseline before that counts as harm.
package enum Tolerance: Sendable, Equatable {
    /// A share of the baseline risk: 0.1 allows 10 % more.
    case relative(Double)
    /// An amount in the unit of the loss.
    case absolute(Double)

    /// Of the baseline risk, unless a task says otherwise.
    package static let usualShare = 0.1
}

/// The widths that table partitions come in; wide ones suit tasks with few rows.
package enum PartitionDays: Int16, Sendable, CaseIterable {
    case week = 7
    case month = 28
    case year = 364
}
