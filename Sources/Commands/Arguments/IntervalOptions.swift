import ArgumentParser
import Contract

/// The interval of predictions that a question is about.
struct IntervalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "From this date of the task's time zone, or instant, on.",
            valueName: "from"
        ),
        transform: Moment.init
    )
    var from: Moment?

    @Option(
        help: ArgumentHelp("Up to this date or instant, without it.", valueName: "to"),
        transform: Moment.init
    )
    var to: Moment?

    init() {}

    func add(to parameters: inout Parameters) {
        parameters.add("from", from)
        parameters.add("to", to)
    }
}
