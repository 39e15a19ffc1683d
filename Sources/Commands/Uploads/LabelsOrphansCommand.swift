import ArgumentParser
import Endpoints
import Presentation

struct LabelsOrphansCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "orphans",
        abstract: "List the prediction ids that have labels but no prediction.",
        discussion: "Their labels join the moment that their prediction comes."
    )

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("How many at most.", valueName: "n"))
    var limit = 1_000

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static var endpoint: Endpoint<OrphanListResult> { .orphans }
}
