import Evaluation
import ArgumentParser
import Harness
import Presentation

struct TaskShowCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the settings of a task."
    )

    @Argument(help: "The name of the task.")
    var name: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() -> RemoteRequest { RemoteRequest("GET", "tasks", name) }

    func result(_ context: CommandContext) async throws -> TaskResult {
        TaskResult(task: try await FindTasks(pool: context.pool).task(named: Name(name)))
    }
}
