import ArgumentParser
import Harness
import Presentation

struct LabelsUploadCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload",
        abstract: "Upload labels from files or standard input.",
        discussion: """
            Columns: prediction_id observed_at label. Optional: source known_at predicted_at. An empty \
            label in CSV is refused; the word withdrawn, or null in NDJSON, withdraws. A label may \
            come before its prediction, years after, or twice.
            """
    )

    @OptionGroup var task: TaskOption
    @OptionGroup var upload: UploadOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    private func request() -> RemoteRequest {
        RemoteRequest("POST", "v1", "tasks", task.task, "labels", parameters: upload.parameters)
    }

    func execute(on service: RemoteService) async throws {
        let report = try await waiting { try await upload.send(request(), to: service) }
        try UploadResult(report: report, subject: .labels).present(output.format)
    }

    func result(_ context: CommandContext) async throws -> UploadResult {
        let request = try upload.request()
        let task = try await task.find(context)
        let operation = UploadLabels(pool: context.pool, task: task, request: request)
        let report = try await context.progress(upload.label) { progress in
            try await operation.run { progress.update($0) }
        }
        return UploadResult(report: report, subject: .labels)
    }
}
