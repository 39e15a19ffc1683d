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

    @OptionGroup var interval: IntervalOptions
    @OptionGroup var known: AsOfOption

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
        interval.add(to: &parameters)
        known.add(to: &parameters)
        parameters.add("exact", exact)
        parameters.add("exit_code", exitCode)
        return Asked(path: ["task": task.task], parameters: parameters)
    }
}
