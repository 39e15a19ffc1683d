import ArgumentParser
import Contract
import Evaluation
import Harness
import Presentation

struct LabelsRejectsCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejects",
        abstract: "List rejected rows of predictions and labels, newest upload first."
    )

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("How many at most.", valueName: "n"))
    var limit = 1_000

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be above 0.") }
    }

    func request() -> RemoteRequest {
        var query = RemoteQuery()
        query.add("limit", "\(limit)")
        return RemoteRequest("GET", "tasks", task.task, "rejects", query: query)
    }

    func result(_ context: CommandContext) async throws -> RejectListResult {
        let task = try await task.find(context)
        return RejectListResult(
            task: task,
            rejects: try await ListRejects(pool: context.pool, task: task, limit: limit).run(),
            limit: limit
        )
    }
}
