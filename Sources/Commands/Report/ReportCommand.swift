import ArgumentParser
import Evaluation
import Harness
import Presentation

struct ReportCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "How good is each model, over time, on what is known?",
        discussion: """
            Every number stands beside its coverage, and young windows are called young. Intervals \
            are 95 %. For example: gnomon report --task churn --by month --metrics brier_score,roc_auc
            """
    )

    @OptionGroup var task: TaskOption

    @Option(help: "Windows: days, weeks from Monday, or months of the task's time zone.")
    var by: ReportPeriod = .all

    @OptionGroup var window: WindowOptions

    @Flag(help: "Each version of a model by itself.")
    var byVersion = false

    @Option(
        help: ArgumentHelp(
            "The metrics of the table, or all. JSON and CSV have all.",
            valueName: "a,b"
        ),
        transform: OptionTexts.list
    )
    var metrics: [String]?

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() throws -> RemoteRequest {
        var query = window.query
        query.add("by", by.rawValue)
        query.add("by_version", byVersion)
        if output.format == .table { query.add("metrics", metrics ?? []) }
        return RemoteRequest("GET", "tasks", task.task, "report", query: query)
    }

    func result(_ context: CommandContext) async throws -> ReportResult {
        let task = try await task.find(context)
        let metrics = try MetricNames.chosen(metrics, kind: task.kind)
        var query = try window.query(for: task)
        query.period = by
        query.byVersion = byVersion
        if output.format == .table { query.metrics = Set(metrics) }
        let operation = MakeReport(pool: context.pool, task: task, query: query)
        let report = try await context.progress("reporting") { _ in try await operation.run() }
        return ReportResult(
            report: report,
            metrics: metrics,
            slice: window.slice?.text
        )
    }
}
