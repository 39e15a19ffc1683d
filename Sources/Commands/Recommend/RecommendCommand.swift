import ArgumentParser
import Contract
import Harness

struct RecommendCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "Keep the champion, retrain, or promote a shadow?",
        discussion: """
            Judged on matured cohorts against the baseline. With --exit-code, for schedulers: 0 keep, \
            10 retrain, 11 recalibrate, 12 promote a shadow, 20 not enough evidence.
            """
    )

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("The model to judge (default: the champion).", valueName: "name"))
    var model: String?

    @Option(
        help: ArgumentHelp("As it was known at this instant.", valueName: "instant"),
        transform: Moment.init
    )
    var asOf: Moment?

    @Flag(help: "Let the exit status say the verdict.")
    var exitCode = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func result(_ context: CommandContext) async throws -> RecommendationResult {
        let task = try await task.find(context)
        let operation = Recommend(
            pool: context.pool,
            task: task,
            model: model,
            asOf: try asOf.instant(in: task)
        )
        return RecommendationResult(
            recommendation: try await context.progress("judging") { _ in try await operation.run()
            },
            givesVerdictAsStatus: exitCode
        )
    }
}
