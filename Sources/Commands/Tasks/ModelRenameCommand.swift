import ArgumentParser
import Contract
import Endpoints
import Presentation

struct ModelRenameCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Give a model another name, as if it had always had it.",
        discussion: """
            For a name that was mistyped. Answers as of earlier instants have the new name as well; \
            recommendations that were given stay as they are.
            """
    )

    @OptionGroup var task: TaskOption

    @Argument(help: "The model.")
    var model: String

    @Argument(help: "The name that it gets; no model of the task may have it.")
    var newName: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "renaming"
    static var endpoint: Endpoint<ModelListResult> { .modelRename }

    func asked() -> Asked {
        Asked(
            path: ["task": task.task, "model": model],
            body: ["name": .string(newName)]
        )
    }
}
