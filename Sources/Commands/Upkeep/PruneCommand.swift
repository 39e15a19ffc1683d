import ArgumentParser
import Contract
import Endpoints
import Presentation

struct PruneCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Let go of rows that are older than the task's retention.",
        discussion: """
            A running service does it by itself. Cells and cohorts stay, so that reports over all time \
            stay what they are; single rows, --exact and --as-of reach back as far as rows are kept. What \
            was let go of cannot be had back.
            """
    )

    @OptionGroup var task: TaskOption
    @Flag(help: "Tell what would be let go of, and keep it.")
    var dryRun = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "letting go of rows"
    static var endpoint: Endpoint<PruneResult> { .pruning }

    func asked() -> Asked {
        var parameters = Parameters()
        parameters.add("dry_run", dryRun)
        return Asked(path: ["task": task.task], parameters: parameters)
    }
}
