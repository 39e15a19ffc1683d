import ArgumentParser
import Contract
import Endpoints
import Evaluation
import Presentation

struct PairsCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "pairs",
        abstract: "On which requests do champion and shadow differ most?",
        discussion: """
            The requests that both scored, with labels or without, those first on which the two scores are \
            farthest apart; above them, how far apart both are on all. For example: gnomon pairs --task \
            churn --slice country=DE --decided-differently
            """
    )

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("The champion (default: by role).", valueName: "model"))
    var champion: String?

    @Option(help: ArgumentHelp("The shadow (default: the only one).", valueName: "model"))
    var shadow: String?

    @OptionGroup var interval: IntervalOptions

    @Option(
        help: ArgumentHelp("One slice: country=DE.", valueName: "key=value"),
        transform: SliceText.slice
    )
    var slice: Slice?

    @OptionGroup var known: AsOfOption

    @Flag(help: "Only requests that both decide differently, at the task's threshold.")
    var decidedDifferently = false

    @Option(help: ArgumentHelp("How many at most, up to 1,000.", valueName: "n"))
    var limit: Int = 20

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "reading"
    static var endpoint: Endpoint<PairListResult> { .pairs }

    func asked() -> Asked {
        var parameters = Parameters()
        parameters.add("champion", champion)
        parameters.add("shadow", shadow)
        interval.add(to: &parameters)
        parameters.add("slice", slice?.text)
        known.add(to: &parameters)
        parameters.add("decided_differently", decidedDifferently)
        parameters.add("limit", "\(limit)")
        return Asked(path: ["task": task.task], parameters: parameters)
    }
}
