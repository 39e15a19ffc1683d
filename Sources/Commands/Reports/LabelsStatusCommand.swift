import ArgumentParser
import Contract
import Endpoints
import Presentation

struct LabelsStatusCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Coverage, delay, what is pending, overdue, orphaned, corrected, rejected."
    )

    @OptionGroup var task: TaskOption
    @OptionGroup var known: AsOfOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "counting labels"
    static var endpoint: Endpoint<LabelStatusResult> { .labelStatus }

    func asked() -> Asked {
        var parameters = Parameters()
        known.add(to: &parameters)
        return Asked(path: ["task": task.task], parameters: parameters)
    }
}
