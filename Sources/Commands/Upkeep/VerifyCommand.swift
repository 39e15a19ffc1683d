import ArgumentParser
import Contract
import Endpoints
import Presentation

struct VerifyCommand: AskingCommand {
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

    static let activity = "verifying"
    static var endpoint: Endpoint<VerifyResult> { .verification }

    func asked() -> Asked {
        var parameters = Parameters()
        parameters.add("repair", repair)
        return Asked(path: ["task": task.task], parameters: parameters)
    }
}
