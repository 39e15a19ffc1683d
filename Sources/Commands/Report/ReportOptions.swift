import ArgumentParser
import Contract
import Evaluation
import Harness

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

    /// The options as parameters of a request.
    var query: RemoteQuery {
        var query = RemoteQuery()
        query.add("from", from)
        query.add("to", to)
        query.add("model", model)
        query.add("slice", slice?.text)
        query.add("as_of", asOf)
        query.add("exact", exact)
        return query
    }

    func query(for task: PredictionTask) throws -> ReportQuery {
        ReportQuery(
            window: try MomentRange(from: from, to: to).window(in: task),
            model: model.map { Name($0) },
            slice: slice,
            asOf: try asOf.instant(in: task),
            isExact: exact
        )
    }
}
