import ArgumentParser
import Contract
import Evaluation
import Harness
import Presentation

struct ModelRenameCommand: DatabaseCommand {
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

    func request() -> RemoteRequest {
        RemoteRequest(
            "PUT",
            "tasks",
            task.task,
            "models",
            model,
            "name",
            json: ["name": .string(newName)]
        )
    }

    func result(_ context: CommandContext) async throws -> ModelListResult {
        let task = try await task.find(context)
        try await RenameModel(pool: context.pool, task: task).run(Name(model), to: Name(newName))
        return ModelListResult(
            task: task,
            models: try await ListModels(pool: context.pool, task: task).run()
        )
    }
}
