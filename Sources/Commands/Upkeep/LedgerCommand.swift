import ArgumentParser
import Contract
import Endpoints
import Presentation

/// The evidence that verdicts rest on.
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Let the evidence that verdicts rest on begin anew.",
        subcommands: [LedgerRestateCommand.self]
    )

    init() {}
}

struct LedgerRestateCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "restate",
        abstract: "Take rows into the evidence that came after answers had used it.",
        discussion: """
            What an answer has used stays as it is. Rows that were known in time and come later are counted in \
            every answer, and are no evidence until the ledger is restated. Each restatement halves the \
            probability of an error, so that verdicts take more evidence; answers as of earlier instants stay \
            as they were, and an alarm that stands goes on to stand. It is kept in the audit log.
            """
    )

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("Why evidence begins anew; kept, and shown.", valueName: "text"))
    var note: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "restating"
    static var endpoint: Endpoint<RestatementResult> { .restatement }

    func asked() -> Asked {
        Asked(
            path: ["task": task.task],
            body: .object([JSONValue.Member(name: "note", value: .string(note))])
        )
    }
}
