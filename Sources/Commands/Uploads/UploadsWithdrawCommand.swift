import ArgumentParser
import Contract
import Evaluation
import Harness
import Presentation

struct UploadsWithdrawCommand: DatabaseCommand {
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

    func validate() throws {
        let forms = [upload != nil, smallWritesOf != nil, smallWritesWithoutToken]
        guard forms.count(where: { $0 }) == 1 else {
            throw ValidationError(
                "Give the number of an upload, or --small-writes-of, or --small-writes-without-token."
            )
        }
        guard (from != nil) == (upload == nil), (to != nil) == (upload == nil) else {
            throw ValidationError(
                upload == nil
                    ? "Say which small writes with --from and --to."
                    : "--from and --to go with small writes; an upload is taken back as a whole."
            )
        }
    }

    func request() -> RemoteRequest {
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
        return RemoteRequest("POST", "tasks", task.task, "withdrawals", json: .object(members))
    }

    func result(_ context: CommandContext) async throws -> WithdrawalResult {
        let task = try await task.find(context)
        let withdrawing = WithdrawUploads(pool: context.pool, task: task)
        return WithdrawalResult(
            report: try await context.progress("taking back") { _ in
                if let upload { return try await withdrawing.run(uploadID: upload, note: note) }
                return try await withdrawing.run(
                    smallWritesOf: smallWritesOf.map { Name($0) },
                    during: MomentRange(from: from, to: to).window(in: task),
                    note: note
                )
            }
        )
    }
}
