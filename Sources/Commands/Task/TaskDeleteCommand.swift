import ArgumentParser
import Evaluation
import Harness
import Presentation

struct TaskDeleteCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a task with everything that it has.",
        discussion: """
            Its name has to be typed once more, or given with --confirm. Predictions, labels, models, \
            settings and recommendations go, and cannot be had back; the audit log keeps who deleted it \
            and when.
            """
    )

    @Argument(help: "The name of the task.")
    var name: String

    @Option(
        help: ArgumentHelp(
            "The name of the task once more, so that nobody is asked.",
            valueName: "name"
        )
    )
    var confirm: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() throws -> RemoteRequest {
        var query = RemoteQuery()
        query.add("confirm", try confirmation())
        return RemoteRequest("DELETE", "tasks", name, query: query)
    }

    func result(_ context: CommandContext) async throws -> TaskDeletionResult {
        let task = try await FindTasks(pool: context.pool).task(named: Name(name)).name
        let confirmation = Name(try confirmation())
        let removed = try await context.progress("deleting") { _ in
            try await DeleteTask(pool: context.pool, name: task).run(confirmedBy: confirmation)
        }
        return TaskDeletionResult(task: task, removed: removed)
    }

    private func confirmation() throws -> String {
        try NameConfirmation.ask(
            confirm,
            name: name,
            deed: "This deletes \(name) with everything that it has."
        )
    }
}
