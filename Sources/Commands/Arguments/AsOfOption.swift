import ArgumentParser
import Contract

/// The instant that a question is about.
struct AsOfOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "As it was known at this instant; the same for ever.",
            valueName: "instant"
        ),
        transform: Moment.init
    )
    var asOf: Moment?

    init() {}

    func add(to parameters: inout Parameters) {
        parameters.add("as_of", asOf)
    }
}
