import ArgumentParser
import Contract
import Evaluation
import Harness
import Presentation

struct TaskRenameCommand: DatabaseCommand {
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

    func request() -> RemoteRequest {
        RemoteRequest("PUT", "tasks", name, "name", json: ["name": .string(newName)])
    }

    func result(_ context: CommandContext) async throws -> TaskResult {
        TaskResult(
            task: try await RenameTask(pool: context.pool, name: Name(name)).run(to: Name(newName))
        )
    }
}
