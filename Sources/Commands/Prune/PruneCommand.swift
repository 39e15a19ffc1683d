import ArgumentParser
import Contract
import Evaluation
import Harness
import Presentation

struct PruneCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Let go of rows that are older than the task's retention.",
        discussion: """
            A running service does it by itself. Cells and cohorts stay, so that reports over all time \
            stay what they are; single rows, --exact and --as-of reach back as far as rows are kept. What \
            was let go of cannot be had back.
            """
    )

    @OptionGroup var task: TaskOption
    @Flag(help: "Tell what would be let go of, and keep it.")
    var dryRun = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() -> RemoteRequest {
        var query = RemoteQuery()
        query.add("dry_run", dryRun)
        return RemoteRequest("POST", "tasks", task.task, "pruning", query: query)
    }

    func result(_ context: CommandContext) async throws -> PruneResult {
        let operation = Prune(
            pool: context.pool,
            task: try await task.find(context),
            isDryRun: dryRun
        )
        let (report, asOf, removed) = try await context.progress("letting go of rows") { _ in
            try await operation.run()
        }
        return PruneResult(report: report, asOf: asOf, isDryRun: dryRun, removed: removed)
    }
}
