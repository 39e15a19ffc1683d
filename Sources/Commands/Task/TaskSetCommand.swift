import Evaluation
import Contract
import ArgumentParser
import Harness
import Presentation

struct TaskSetCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Change settings of a task.",
        discussion: """
            What the stored cells depend on (classes, threshold, time zone, bucket, slices, label \
            sources) can change only before the first prediction.
            """
    )

    @Argument(help: "The name of the task.")
    var name: String

    @OptionGroup var settings: TaskSettings
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func validate() throws {
        if settings.isEmpty { throw ValidationError("Give a setting to change.") }
    }

    func request() -> RemoteRequest {
        RemoteRequest("PATCH", "tasks", name, json: JSONValue.object([]).adding(settings.json))
    }

    func execute(on service: RemoteService) async throws {
        let isBaselineAlone = settings.json.isEmpty
        try await waiting {
            try await settings.change(
                name,
                by: isBaselineAlone ? nil : request(),
                on: service,
                output.format
            )
        }
    }

    func result(_ context: CommandContext) async throws -> TaskResult {
        let changed = try await ChangeTask(pool: context.pool, name: Name(name)).run {
            try settings.apply(to: &$0)
        }
        let (task, baseline) = try await settings.loadBaseline(changed, context)
        return TaskResult(task: task, loaded: baseline)
    }
}
