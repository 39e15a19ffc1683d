import ArgumentParser
import Contract
import Evaluation

/// What report and calibration look at.
struct WindowOptions: ParsableArguments {
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

    @Option(help: ArgumentHelp("One model.", valueName: "name"))
    var model: String?

    @Option(
        help: ArgumentHelp("One slice: country=DE.", valueName: "key=value"),
        transform: SliceText.slice
    )
    var slice: Slice?

    @Option(
        help: ArgumentHelp(
            "As it was known at this instant; the same for ever.",
            valueName: "instant"
        ),
        transform: Moment.init
    )
    var asOf: Moment?

    @Flag(help: "Read the rows for what is not exact from cells, such as the area under the curve.")
    var exact = false

    init() {}

    var parameters: Parameters {
        var parameters = Parameters()
        parameters.add("from", from)
        parameters.add("to", to)
        parameters.add("model", model)
        parameters.add("slice", slice?.text)
        parameters.add("as_of", asOf)
        parameters.add("exact", exact)
        return parameters
    }
}
