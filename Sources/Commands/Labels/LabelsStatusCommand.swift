import ArgumentParser
import Contract
import Harness
import Presentation

struct LabelsStatusCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Coverage, delay, what is pending, overdue, orphaned, corrected, rejected."
    )

    @OptionGroup var task: TaskOption

    @Option(
        help: ArgumentHelp("As it was known at this instant.", valueName: "instant"),
        transform: Moment.init
    )
    var asOf: Moment?

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() -> RemoteRequest {
        var query = RemoteQuery()
        query.add("as_of", asOf)
        return RemoteRequest("GET", "tasks", task.task, "labels", "status", query: query)
    }

    func result(_ context: CommandContext) async throws -> LabelStatusResult {
        let task = try await task.find(context)
        let operation = LabelStatus(
            pool: context.pool,
            task: task,
            asOf: try asOf.instant(in: task)
        )
        return LabelStatusResult(
            report: try await context.progress("counting labels") { _ in
                try await operation.run()
            }
        )
    }
}
