import ArgumentParser
import Contract
import Endpoints
import Evaluation
import Presentation

struct CompareCommand: AskingCommand {
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
            "The metric of the verdict: \(ComparisonMetric.listing).",
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

    static let activity = "comparing"
    static var endpoint: Endpoint<ComparisonResult> { .comparison }

    func asked() -> Asked {
        var parameters = Parameters()
        parameters.add("champion", champion)
        parameters.add("shadow", shadow)
        parameters.add("metric", metric)
        parameters.add("margin", margin.map { "\($0)" })
        parameters.add("minimum_gain", "\(minimumGain)")
        parameters.add("from", from)
        parameters.add("to", to)
        parameters.add("as_of", asOf)
        parameters.add("exact", exact)
        parameters.add("exit_code", exitCode)
        return Asked(path: ["task": task.task], parameters: parameters)
    }
}
