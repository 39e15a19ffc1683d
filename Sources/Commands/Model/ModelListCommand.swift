import ArgumentParser
import Harness
import Presentation

struct ModelListCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the models of a task and what they do."
    )

    @OptionGroup var task: TaskOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() -> RemoteRequest { RemoteRequest("GET", "tasks", task.task, "models") }

    func result(_ context: CommandContext) async throws -> ModelListResult {
        let task = try await task.find(context)
        return ModelListResult(
            task: task,
            models: try await ListModels(pool: context.pool, task: task).run()
        )
    }
}
