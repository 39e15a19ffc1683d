import ArgumentParser
import Harness
import Presentation

struct TaskListCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tasks."
    )

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() -> RemoteRequest { RemoteRequest("GET", "tasks") }

    func result(_ context: CommandContext) async throws -> TaskListResult {
        TaskListResult(tasks: try await FindTasks(pool: context.pool).all())
    }
}
