import ArgumentParser
import Contract
import Evaluation
import Harness
import Presentation

struct ModelRoleCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "role",
        abstract: "Give a model a role.",
        discussion: "A task has one champion: naming another makes the old one a shadow."
    )

    @OptionGroup var task: TaskOption

    @Argument(help: "The model.")
    var model: String

    @Argument(help: "champion answers requests, shadow scores them too, retired does neither.")
    var role: ModelRole

    @Option(
        help: ArgumentHelp(
            "From when on (default: now).",
            valueName: "instant"
        ),
        transform: Moment.init
    )
    var from: Moment?

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() -> RemoteRequest {
        var json: JSONValue = ["role": .string(role.rawValue)]
        if let from { json = json.adding(["from": .string(from.text)]) }
        return RemoteRequest("PUT", "tasks", task.task, "models", model, "role", json: json)
    }

    func result(_ context: CommandContext) async throws -> ModelListResult {
        let task = try await task.find(context)
        try await SetRole(pool: context.pool, task: task).run(
            model: Name(model),
            role: role,
            from: try from.instant(in: task)
        )
        return ModelListResult(
            task: task,
            models: try await ListModels(pool: context.pool, task: task).run()
        )
    }
}
