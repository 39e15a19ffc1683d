import ArgumentParser
import Contract
import Endpoints
import Presentation

struct TaskShowCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the settings of a task."
    )

    @Argument(help: "The name of the task.")
    var name: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "reading"
    static var endpoint: Endpoint<TaskResult> { .task }

    func asked() -> Asked { Asked(path: ["task": name]) }
}
