import ArgumentParser
import Contract
import Endpoints
import Presentation

struct TaskRenameCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Give a task another name.",
        discussion: """
            Everything that is the task's own stays, and the tokens that are good for it follow. Who \
            uploads by the old name is told that there is no such task.
            """
    )

    @Argument(help: "The name of the task.")
    var name: String

    @Argument(help: "The name that it gets.")
    var newName: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "renaming"
    static var endpoint: Endpoint<TaskResult> { .taskRename }

    func asked() -> Asked {
        Asked(path: ["task": name], body: ["name": .string(newName)])
    }
}
