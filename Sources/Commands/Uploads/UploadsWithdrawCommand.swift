import ArgumentParser
import Contract
import Endpoints
import Presentation

struct UploadsWithdrawCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Take back an upload, or small writes: from now on they do not count.",
        discussion: """
            For a wrong file: its rows count no more, as if it had never come, and what other uploads said \
            of the same requests counts again. Answers as of an earlier instant stay as they were. Either an \
            upload by its number, or of the small writes of a token to the service those of an interval.
            """
    )

    @Argument(help: "The number of the upload; see: gnomon uploads list")
    var upload: Int64?

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("Why it is taken back; kept, and shown.", valueName: "text"))
    var note: String

    @Option(
        help: ArgumentHelp(
            "Instead of an upload: small writes that came by this token.",
            valueName: "token"
        )
    )
    var smallWritesOf: String?

    @Flag(help: "Instead of an upload: small writes to a service that asked for no token.")
    var smallWritesWithoutToken = false

    @Option(
        help: ArgumentHelp(
            "Of small writes: what was known from this instant on.",
            valueName: "instant"
        ),
        transform: Moment.init
    )
    var from: Moment?

    @Option(
        help: ArgumentHelp(
            "Of small writes: what was known before this instant.",
            valueName: "instant"
        ),
        transform: Moment.init
    )
    var to: Moment?

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "taking back"
    static var endpoint: Endpoint<WithdrawalResult> { .withdrawal }

    func asked() -> Asked {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(JSONValue.Member(name: name, value: value)) }
        }
        add("upload", upload.map { JSONValue($0) })
        add("small_writes_of", smallWritesOf.map { .string($0) })
        add("small_writes_without_token", smallWritesWithoutToken ? true : nil)
        add("from", from.map { .string($0.text) })
        add("to", to.map { .string($0.text) })
        add("note", .string(note))
        return Asked(path: ["task": task.task], body: .object(members))
    }
}
