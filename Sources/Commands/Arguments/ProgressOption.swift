import ArgumentParser

/// Whether progress is shown.
struct ProgressOption: ParsableArguments {
    @Flag(inversion: .prefixedNo, help: "Show progress on standard error (default: on a terminal).")
    var progress: Bool?

    init() {}
}
