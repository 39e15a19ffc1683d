import ArgumentParser
import Contract
import Endpoints
import Presentation

struct LabelsRejectsCommand: AskingCommand {
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

    static let activity = "reading"
    static var endpoint: Endpoint<RejectListResult> { .rejects }

    func asked() -> Asked {
        var parameters = Parameters()
        parameters.add("limit", "\(limit)")
        return Asked(path: ["task": task.task], parameters: parameters)
    }
}
