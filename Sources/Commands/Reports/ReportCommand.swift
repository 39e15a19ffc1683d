import ArgumentParser
import Contract
import Endpoints
import Evaluation
import Presentation

struct ReportCommand: AskingCommand {
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

    static let activity = "reporting"
    static var endpoint: Endpoint<ReportResult> { .report }

    func validate() throws {
        guard metrics != [] else { throw ValidationError("--metrics names no metric.") }
        try Self.endpoint.check(asked())
    }

    func result(_ context: CommandContext) async throws -> ReportResult {
        // JSON and CSV have all metrics, and yet a name that is none is a slip.
        if output.format != .table {
            _ = try MetricNames.chosen(metrics, kind: try await task.find(context).kind)
        }
        return try await answer(Self.endpoint, asked(), context, showing: Self.activity)
    }

    func asked() -> Asked {
        var parameters = window.parameters
        parameters.add("by", by.rawValue)
        parameters.add("by_version", byVersion)
        if output.format == .table { parameters.add("metrics", metrics ?? []) }
        return Asked(path: ["task": task.task], parameters: parameters)
    }
}
