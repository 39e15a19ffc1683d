import ArgumentParser
import Contract
import Evaluation
import Harness
import Presentation

struct UploadsListCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List uploads, the newest first, and whether they were taken back.",
        discussion: "Small writes of a token to the service are one upload an hour."
    )

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("How many at most.", valueName: "n"))
    var limit = 20

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func validate() throws {
        guard (1...10_000).contains(limit) else {
            throw ValidationError("--limit must be from 1 to 10000.")
        }
    }

    func request() -> RemoteRequest {
        var query = RemoteQuery()
        query.add("limit", "\(limit)")
        return RemoteRequest("GET", "tasks", task.task, "uploads", query: query)
    }

    func result(_ context: CommandContext) async throws -> UploadListResult {
        let task = try await task.find(context)
        return UploadListResult(
            task: task,
            uploads: try await ListUploads(pool: context.pool, task: task, limit: limit).run(),
            limit: limit
        )
    }
}
