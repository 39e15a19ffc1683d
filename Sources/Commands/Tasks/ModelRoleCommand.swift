import ArgumentParser
import Contract
import Endpoints
import Evaluation
import Presentation

struct ModelRoleCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "role",
        abstract: "Give a model a role.",
        discussion: "A task has one champion: naming another makes the old one a shadow."
    )

    @OptionGroup var task: TaskOption

    @Argument(help: "The model.")
    var model: String

    @Argument(help: "champion answers requests, shadow scores them too, retired does neither.")
    var role: ModelRole

    @Option(
        help: ArgumentHelp(
            "From when on (default: now).",
            valueName: "instant"
        ),
        transform: Moment.init
    )
    var from: Moment?

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "writing"
    static var endpoint: Endpoint<ModelListResult> { .modelRole }

    func asked() -> Asked {
        var body: JSONValue = ["role": .string(role.rawValue)]
        if let from { body = body.adding(["from": .string(from.text)]) }
        return Asked(path: ["task": task.task, "model": model], body: body)
    }
}
