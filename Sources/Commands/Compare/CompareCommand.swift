import ArgumentParser
import Contract
import Evaluation
import Harness
import Presentation

struct CompareCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Is a shadow better than the champion, on the same requests?",
        discussion: """
            Only requests that both scored and whose label is out are compared. The verdict rests on a \
            confidence sequence over matured days, so that looking every day is safe; several shadows \
            share its error probability by Holm's steps. A gain is positive when the shadow is better. \
            With --exit-code: 0 promote (or as good as, under --margin), 10 keep the champion, 20 not \
            decided.
            """
    )

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("The champion (default: by role).", valueName: "model"))
    var champion: String?

    @Option(
        help: ArgumentHelp("A shadow; may be repeated (default: all).", valueName: "model")
    )
    var shadow: [String] = []

    @Option(
        help: ArgumentHelp(
            "The metric of the verdict: brier_score, log_loss, accuracy, roc_auc; mae, mse.",
            valueName: "name"
        )
    )
    var metric: String?

    @Option(
        help: ArgumentHelp(
            "Accept a shadow that is worse by at most this.",
            valueName: "amount"
        )
    )
    var margin: Double?

    @Option(
        help: ArgumentHelp(
            "Promote only what gains more than this; give up what surely gains less.",
            valueName: "amount"
        )
    )
    var minimumGain: Double = 0

    @Option(
        help: ArgumentHelp("From this date or instant on.", valueName: "from"),
        transform: Moment.init
    )
    var from: Moment?

    @Option(
        help: ArgumentHelp("Up to this date or instant, without it.", valueName: "to"),
        transform: Moment.init
    )
    var to: Moment?

    @Option(
        help: ArgumentHelp("As it was known at this instant.", valueName: "instant"),
        transform: Moment.init
    )
    var asOf: Moment?

    @Flag(help: "Read the rows: adds the areas under the curve and their paired test (DeLong).")
    var exact = false

    @Flag(help: "Let the exit status say the verdict of the first shadow.")
    var exitCode = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func validate() throws {
        if let margin, !(margin > 0 && margin.isFinite) {
            throw ValidationError("--margin must be a number above 0.")
        }
        guard minimumGain >= 0, minimumGain.isFinite else {
            throw ValidationError("--minimum-gain must be a number from 0 on.")
        }
    }

    func request() -> RemoteRequest {
        var query = RemoteQuery()
        query.add("champion", champion)
        query.add("shadow", shadow)
        query.add("metric", metric)
        query.add("margin", margin.map { "\($0)" })
        query.add("minimum_gain", "\(minimumGain)")
        query.add("from", from)
        query.add("to", to)
        query.add("as_of", asOf)
        query.add("exact", exact)
        query.add("exit_code", exitCode)
        return RemoteRequest("GET", "tasks", task.task, "comparison", query: query)
    }

    func result(_ context: CommandContext) async throws -> ComparisonResult {
        let task = try await task.find(context)
        let query = ComparisonQuery(
            champion: champion.map { Name($0) },
            shadows: shadow.map { Name($0) },
            metric: metric,
            options: ComparisonOptions(minimumGain: minimumGain, margin: margin),
            window: try MomentRange(from: from, to: to).window(in: task),
            asOf: try asOf.instant(in: task),
            isExact: exact
        )
        let operation = CompareModels(pool: context.pool, task: task, query: query)
        return ComparisonResult(
            report: try await context.progress("comparing") { _ in try await operation.run() },
            givesVerdictAsStatus: exitCode
        )
    }
}
