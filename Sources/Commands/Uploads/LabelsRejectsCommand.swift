import ArgumentParser
import Endpoints
import Presentation

struct LabelsRejectsCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejects",
        abstract: "List rejected rows of predictions and labels, newest upload first."
    )

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("How many at most.", valueName: "n"))
    var limit = 1_000

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static var endpoint: Endpoint<RejectListResult> { .rejects }
}
