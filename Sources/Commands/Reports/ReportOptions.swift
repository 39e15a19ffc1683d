import ArgumentParser
import Contract
import Evaluation

/// What report and calibration look at.
struct WindowOptions: ParsableArguments {
    @OptionGroup var interval: IntervalOptions

    @Option(help: ArgumentHelp("One model.", valueName: "name"))
    var model: String?

    @Option(
        help: ArgumentHelp("One slice: country=DE.", valueName: "key=value"),
        transform: SliceText.slice
    )
    var slice: Slice?

    @OptionGroup var known: AsOfOption

    @Flag(help: "Read the rows for what is not exact from cells, such as the area under the curve.")
    var exact = false

    init() {}

    var parameters: Parameters {
        var parameters = Parameters()
        interval.add(to: &parameters)
        parameters.add("model", model)
        parameters.add("slice", slice?.text)
        known.add(to: &parameters)
        parameters.add("exact", exact)
        return parameters
    }
}
