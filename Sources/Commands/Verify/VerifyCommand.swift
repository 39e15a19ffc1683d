import ArgumentParser
import Contract
import Harness
import Presentation

struct VerifyCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute every cell from the ledger and compare bit for bit.",
        discussion: """
            Exit status 1 where anything differs. With --repair cells that differ are written anew from the rows, \
            and compared once more: uploads to the task wait meanwhile, questions do not.
            """
    )

    @OptionGroup var task: TaskOption
    @Flag(help: "Write cells that differ anew from the rows.") var repair = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() -> RemoteRequest {
        var query = RemoteQuery()
        query.add("repair", repair)
        return RemoteRequest("POST", "tasks", task.task, "verification", query: query)
    }

    func result(_ context: CommandContext) async throws -> VerifyResult {
        let operation = VerifyCells(pool: context.pool, task: try await task.find(context))
        return VerifyResult(
            report: try await context.progress("verifying") { _ in
                try await repair ? operation.repairing() : operation.run()
            }
        )
    }
}
