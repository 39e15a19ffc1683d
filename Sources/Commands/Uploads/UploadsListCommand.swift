import ArgumentParser
import Endpoints
import Presentation

struct UploadsListCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List uploads, the newest first, and whether they were taken back.",
        discussion: "Small writes of a token to the service are one upload an hour."
    )

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("How many at most.", valueName: "n"))
    var limit = 20

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static var endpoint: Endpoint<UploadListResult> { .uploads }
}
