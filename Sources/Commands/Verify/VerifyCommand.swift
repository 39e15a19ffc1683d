import ArgumentParser
import Contract
import Harness
import Presentation

struct VerifyCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute every cell from the ledger and compare bit for bit.",
        discussion: "Exit status 1 where anything differs."
    )

    @OptionGroup var task: TaskOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() -> RemoteRequest { RemoteRequest("POST", "tasks", task.task, "verification") }

    func result(_ context: CommandContext) async throws -> VerifyResult {
        let operation = VerifyCells(pool: context.pool, task: try await task.find(context))
        return VerifyResult(
            report: try await context.progress("verifying") { _ in try await operation.run() }
        )
    }
}
