import ArgumentParser
import Harness
import Presentation

/// Predictions.
struct PredictionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predictions",
        abstract: "Upload what models predicted.",
        subcommands: [PredictionsUploadCommand.self]
    )

    init() {}
}

struct PredictionsUploadCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload",
        abstract: "Upload predictions from files or standard input.",
        discussion: """
            Columns: prediction_id predicted_at model version score (regression: value), and the \
            task's slices. Optional: decision entity latency_ms status weight known_at feature.<name>. \
            Sending the same rows again is harmless.
            """
    )

    @OptionGroup var task: TaskOption
    @OptionGroup var upload: UploadOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    private func request() -> RemoteRequest {
        RemoteRequest(
            "POST",
            "v1",
            "tasks",
            task.task,
            "predictions",
            parameters: upload.parameters
        )
    }

    func execute(on service: RemoteService) async throws {
        let report = try await waiting { try await upload.send(request(), to: service) }
        try UploadResult(report: report, subject: .predictions).present(output.format)
    }

    func result(_ context: CommandContext) async throws -> UploadResult {
        let request = try upload.request()
        let task = try await task.find(context)
        let operation = UploadPredictions(pool: context.pool, task: task, request: request)
        let report = try await context.progress(upload.label) { progress in
            try await operation.run { progress.update($0) }
        }
        return UploadResult(report: report, subject: .predictions)
    }
}
