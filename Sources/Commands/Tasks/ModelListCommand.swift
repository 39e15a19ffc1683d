import ArgumentParser
import Contract
import Endpoints
import Presentation

struct ModelListCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the models of a task and what they do."
    )

    @OptionGroup var task: TaskOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "reading"
    static var endpoint: Endpoint<ModelListResult> { .models }

    func asked() -> Asked { Asked(path: ["task": task.task]) }
}
