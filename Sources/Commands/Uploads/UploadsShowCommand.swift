import ArgumentParser
import Contract
import Evaluation
import Harness
import Presentation

struct UploadsShowCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what became of the rows of an upload, and what was taken back of it."
    )

    @Argument(help: "The number of the upload.")
    var upload: Int64

    @OptionGroup var task: TaskOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() -> RemoteRequest {
        RemoteRequest("GET", "tasks", task.task, "uploads", "\(upload)")
    }

    func result(_ context: CommandContext) async throws -> UploadRecordResult {
        let task = try await task.find(context)
        return UploadRecordResult(
            upload: try await ShowUpload(pool: context.pool, task: task, uploadID: upload).run()
        )
    }
}
