import Evaluation
import Ingest
import Postgres

/// The columns of `tasks` that hold a setting: how it is written into them, and read.
struct SettingColumns: Sendable {
    let names: [String]
    let values: @Sendable (PredictionTask) -> [SQL]
    let read: @Sendable (PostgresRow, inout PredictionTask) throws -> Void

    private init(
        _ name: String,
        _ value: @escaping @Sendable (PredictionTask) -> SQL,
        _ read:
            @escaping @Sendable (PostgresRow, PostgresColumn, inout PredictionTask) throws -> Void
    ) {
        names = [name]
        values = { [value($0)] }
        self.read = { try read($0, .name(name), &$1) }
    }

    private init(
        _ names: [String],
        _ values: @escaping @Sendable (PredictionTask) -> [SQL],
        _ read: @escaping @Sendable (PostgresRow, inout PredictionTask) throws -> Void
    ) {
        self.names = names
        self.values = values
        self.read = read
    }

    /// What is written when the task is made, and never again.
    static let fixed: [SettingColumns] = [
        SettingColumns("kind", { "\($0.kind.rawValue)" }) {
            $2.kind = try known($0, $1, openKind)
        },
        SettingColumns("partition_days", { "\($0.partitionDays.rawValue)" }) {
            $2.partitionDays = PartitionDays(rawValue: try $0.int16($1)) ?? .month
        },
    ]

    /// What can be changed.
    static let changeable: [SettingColumns] = [
        SettingColumns("classes", { "\($0.classes)" }) { $2.classes = try $0.names($1) },
        SettingColumns("positive_class", { "\(Int16($0.positiveClass))" }) {
            $2.positiveClass = Int(try $0.int16($1))
        },
        SettingColumns("threshold", { "\($0.threshold)" }) { $2.threshold = try $0.double($1) },
        SettingColumns("horizon_seconds", { "\($0.horizonSeconds)" }) {
            $2.horizonSeconds = try $0.int64($1)
        },
        SettingColumns("label_policy", { "\($0.labelPolicy.rawValue)" }) {
            $2.labelPolicy = try known($0, $1, LabelPolicy.init(rawValue:))
        },
        SettingColumns("time_zone", { "\($0.timeZone.name)" }) {
            $2.timeZone = NamedZone(try $0.text($1))
        },
        SettingColumns("bucket_size", { "\($0.bucketSize.rawValue)" }) {
            $2.bucketSize = try known($0, $1, TimeBucketSize.init(rawValue:))
        },
        SettingColumns("slice_keys", { "\($0.sliceKeys)" }) { $2.sliceKeys = try $0.names($1) },
        SettingColumns("evidence_unit", { "\($0.evidenceUnit.rawValue)" }) {
            $2.evidenceUnit = try known($0, $1, EvidenceUnitRule.init(rawValue:))
        },
        SettingColumns("label_sources", { "\($0.labelSources)" }) {
            $2.labelSources = try $0.names($1)
        },
        SettingColumns(
            ["baseline_kind", "baseline_cohorts", "baseline_from", "baseline_to"],
            { baselineValues($0.baseline) },
            { $1.baseline = try baseline($0) }
        ),
        SettingColumns("baseline_version", { "\($0.baselineVersion)" }) {
            $2.baselineVersion = try $0.int32($1)
        },
        SettingColumns(
            ["tolerance_kind", "tolerance_value"],
            { toleranceValues($0.tolerance) },
            { $1.tolerance = try tolerance($0) }
        ),
        SettingColumns("minimum_coverage", { "\($0.minimumCoverage)" }) {
            $2.minimumCoverage = try $0.double($1)
        },
        SettingColumns("retention_seconds", { "\($0.retentionSeconds)" }) {
            $2.retentionSeconds = try $0.optionalInt64($1)
        },
    ]

    static let all = fixed + changeable

    private static func baselineValues(_ setting: BaselineSetting) -> [SQL] {
        var cohorts: Int32?
        var window: Window?
        let kind: String
        switch setting {
        case .first(let count): (kind, cohorts) = ("first", Int32(count))
        case .interval(let interval): (kind, window) = ("interval", interval)
        case .file: kind = "file"
        }
        return ["\(kind)", "\(cohorts)", "\(window?.lowerBound)", "\(window?.upperBound)"]
    }

    private static func baseline(_ row: PostgresRow) throws -> BaselineSetting {
        switch try row.text("baseline_kind") {
        case "interval":
            .interval(
                try Window(from: row.instant("baseline_from"), to: row.instant("baseline_to"))
            )
        case "file": .file
        default: .first(cohorts: Int(try row.int32("baseline_cohorts")))
        }
    }

    private static func toleranceValues(_ tolerance: Tolerance) -> [SQL] {
        switch tolerance {
        case .relative(let share): ["\("relative")", "\(share)"]
        case .absolute(let amount): ["\("absolute")", "\(amount)"]
        }
    }

    private static func tolerance(_ row: PostgresRow) throws -> Tolerance {
        let value = try row.double("tolerance_value")
        return try row.text("tolerance_kind") == "relative" ? .relative(value) : .absolute(value)
    }

    /// A kind whose tasks can be evaluated.
    static func openKind(_ name: String) -> TaskKind? {
        TaskKind.open.first { $0.rawValue == name }
    }

    static func known<Value>(
        _ row: PostgresRow,
        _ column: PostgresColumn,
        _ make: (String) -> Value?
    ) throws -> Value {
        let text = try row.text(column)
        guard let value = make(text) else {
            throw StoreError.unknownValue(column: "tasks.\(column)", value: text)
        }
        return value
    }
}

extension [SettingColumns] {
    /// Their names, with commas between.
    var list: SQL {
        flatMap(\.names).map { "\(identifier: $0)" as SQL }.joined(separator: ", ")
    }

    /// What they hold of a task, in the order of `list`.
    func values(_ task: PredictionTask) -> SQL {
        flatMap { $0.values(task) }.joined(separator: ", ")
    }

    /// `column = value` for each.
    func assignments(_ task: PredictionTask) -> SQL {
        flatMap { columns in
            zip(columns.names, columns.values(task)).map { "\(identifier: $0) = \($1)" as SQL }
        }.joined(separator: ", ")
    }
}
