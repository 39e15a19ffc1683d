import ArgumentParser
import Contract
import Endpoints
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
        guard settings.baselineFile == nil || !settings.members.isEmpty else { return }
        try Endpoint.taskChange.check(asked)
    }

    var asked: Asked { Asked(path: ["task": name], body: .object(settings.members)) }

    func execute(on service: RemoteService) async throws {
        let request = settings.members.isEmpty ? nil : RemoteRequest(.taskChange, asked)
        try await waiting {
            try await settings.change(name, by: request, on: service, output.format)
        }
    }

    func result(_ context: CommandContext) async throws -> TaskResult {
        let endpoint: Endpoint<TaskResult> = settings.members.isEmpty ? .task : .taskChange
        let changed = try await answer(endpoint, asked, context, showing: "writing").task
        let (task, baseline) = try await settings.loadBaseline(changed, context)
        return TaskResult(task: task, loaded: baseline)
    }
}
