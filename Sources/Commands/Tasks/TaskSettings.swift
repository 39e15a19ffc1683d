import ArgumentParser
import Contract
import Evaluation
import Harness
import Ingest
import Presentation

/// The settings of a task, as `task create` and `task set` take them.
struct TaskSettings: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            TaskSetting.classes.meaning,
            valueName: "a,b"
        ),
        transform: OptionTexts.list
    )
    var classes: [String]?

    @Option(help: ArgumentHelp(TaskSetting.positive.meaning, valueName: "class"))
    var positive: String?

    @Option(help: ArgumentHelp(TaskSetting.threshold.meaning, valueName: "p"))
    var threshold: Double?

    @Option(
        help: ArgumentHelp(
            TaskSetting.horizon.meaning,
            valueName: "60d"
        ),
        transform: DurationText.seconds
    )
    var horizon: Int64?

    @Option(help: ArgumentHelp(TaskSetting.noLabelMeans.meaning))
    var noLabelMeans: LabelPolicy?

    @Option(
        help: ArgumentHelp(TaskSetting.timeZone.meaning, valueName: "Europe/Berlin")
    )
    var timeZone: String?

    @Option(help: ArgumentHelp(TaskSetting.bucket.meaning))
    var bucket: TimeBucketSize?

    @Option(
        help: ArgumentHelp(TaskSetting.slices.meaning, valueName: "a,b"),
        transform: OptionTexts.list
    )
    var slices: [String]?

    @Option(help: ArgumentHelp(TaskSetting.evidenceUnit.meaning))
    var evidenceUnit: EvidenceUnitRule?

    @Option(
        help: ArgumentHelp(
            TaskSetting.labelSources.meaning,
            valueName: "a,b"
        ),
        transform: OptionTexts.list
    )
    var labelSources: [String]?

    @Option(
        help: ArgumentHelp(
            "What later risk is held against: first:60d, FROM..TO, or file:PATH.",
            valueName: "baseline"
        ),
        transform: BaselineText.init
    )
    var baseline: BaselineText?

    @Option(
        help: ArgumentHelp(
            TaskSetting.tolerance.meaning,
            valueName: "tolerance"
        ),
        transform: ToleranceText.tolerance
    )
    var tolerance: Tolerance?

    @Option(help: ArgumentHelp(TaskSetting.minimumCoverage.meaning, valueName: "share"))
    var minimumCoverage: Double?

    @Option(
        help: ArgumentHelp(
            TaskSetting.retention.meaning,
            valueName: "400d"
        ),
        transform: RetentionText.init
    )
    var retention: RetentionText?

    @Option(
        help: ArgumentHelp(
            "What a baseline file calls a column.",
            valueName: "ours=theirs,…"
        )
    )
    var columns: [String] = []

    @Option(
        help: ArgumentHelp(
            "A value for every row of a baseline file.",
            valueName: "ours=value,…"
        )
    )
    var set: [String] = []

    init() {}

    func validate() throws {
        if let threshold, !threshold.isFinite {
            throw ValidationError("--threshold \(threshold) must be a number from 0 to 1.")
        }
        guard columns.isEmpty && set.isEmpty || baselineFile != nil else {
            throw ValidationError("--columns and --set are for a baseline file.")
        }
    }

    var baselineFile: String? {
        if case .file(let path) = baseline { path } else { nil }
    }

    /// Takes in the baseline file, if there is one.
    ///
    /// - Returns: The task as it is then, and what was taken in.
    func loadBaseline(
        _ task: PredictionTask,
        _ context: CommandContext
    ) async throws -> (task: PredictionTask, baseline: TaskResult.Baseline?) {
        guard let baselineFile else { return (task, nil) }
        let operation = UploadBaseline(
            pool: context.pool,
            task: task,
            sources: [InputSource(argument: baselineFile)],
            mapping: try ColumnMapping(parsing: columns, set: set)
        )
        let loaded = try await context.progress("reading \(baselineFile)") { _ in
            try await operation.run()
        }
        return (
            try await FindTasks(pool: context.pool).task(named: task.name),
            TaskResult.Baseline(cohorts: loaded.cohorts, rows: loaded.rows)
        )
    }
}
