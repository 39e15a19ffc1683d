import ArgumentParser
import Contract
import Endpoints
import Presentation

struct MatureCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "mature",
        abstract: "Freeze the cohorts that have reached an age.",
        discussion: """
            Compare and recommend do it when they are asked; done every night, it keeps their answers \
            quick. Doing it twice changes nothing.
            """
    )

    @OptionGroup var task: TaskOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "freezing"
    static var endpoint: Endpoint<MatureResult> { .maturing }

    func asked() -> Asked { Asked(path: ["task": task.task]) }
}
