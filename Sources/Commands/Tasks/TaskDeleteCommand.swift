import ArgumentParser
import Contract
import Endpoints
import Evaluation
import Harness
import Presentation

struct TaskDeleteCommand: AskingCommand {
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

    static let activity = "deleting"
    static var endpoint: Endpoint<TaskDeletionResult> { .taskDeletion }

    /// Nobody is asked to confirm before the command line has been read.
    func validate() {}

    func result(_ context: CommandContext) async throws -> TaskDeletionResult {
        // Nobody is asked to confirm the end of what is not there.
        _ = try await FindTasks(pool: context.pool).task(named: Name(name))
        return try await answer(Self.endpoint, asked(), context, showing: Self.activity)
    }

    func asked() throws -> Asked {
        var parameters = Parameters()
        parameters.add(
            "confirm",
            try NameConfirmation.ask(
                confirm,
                name: name,
                deed: "This deletes \(name) with everything that it has."
            )
        )
        return Asked(path: ["task": name], parameters: parameters)
    }
}
