import ArgumentParser
import Contract
import Endpoints
import Presentation

struct UploadsShowCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what became of the rows of an upload, and what was taken back of it."
    )

    @Argument(help: "The number of the upload.")
    var upload: Int64

    @OptionGroup var task: TaskOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "reading"
    static var endpoint: Endpoint<UploadRecordResult> { .upload }

    func asked() -> Asked { Asked(path: ["task": task.task, "upload": "\(upload)"]) }
}
