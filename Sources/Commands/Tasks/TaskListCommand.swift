import ArgumentParser
import Contract
import Endpoints
import Presentation

struct TaskListCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tasks."
    )

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "reading"
    static var endpoint: Endpoint<TaskListResult> { .tasks }

    func asked() -> Asked { Asked() }
}
