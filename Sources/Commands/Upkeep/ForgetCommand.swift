import ArgumentParser
import Contract
import Endpoints
import Evaluation
import Foundation
import Harness
import Ingest
import Presentation

struct ForgetCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Delete what was told of somebody, for good.",
        discussion: """
            By prediction id or by entity: ids, scores, labels and details go from every table, with rejected rows \
            and kept answers that hold one of the names. What they added to numbers stays as sums; an answer \
            that goes without them says how many are missing. It cannot be taken back: the name of the task \
            has to be typed once more, or given with --confirm. Try it with --dry-run.
            """
    )

    @OptionGroup var task: TaskOption

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Prediction ids, as they were sent.", valueName: "id")
    )
    var predictionID: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Entities: all requests of which a prediction names one.",
            valueName: "name"
        )
    )
    var entity: [String] = []

    @Option(
        help: ArgumentHelp(
            "A CSV file with one column, prediction_id or entity; - is standard input.",
            valueName: "file"
        )
    )
    var file: String?

    @Option(
        help: ArgumentHelp(
            "The name of the task once more, so that nobody is asked.",
            valueName: "name"
        )
    )
    var confirm: String?

    @Flag(help: "Say what would be deleted, and delete nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "forgetting"
    static var endpoint: Endpoint<ForgettingResult> { .forgetting }

    func validate() throws {
        guard !predictionID.isEmpty || !entity.isEmpty || file != nil else {
            throw ValidationError("Say whom to forget: --prediction-id, --entity or --file.")
        }
    }

    func result(_ context: CommandContext) async throws -> ForgettingResult {
        // Nobody is asked to confirm what cannot be done.
        _ = try await task.find(context)
        return try await answer(Self.endpoint, asked(), context, showing: Self.activity)
    }

    func asked() throws -> Asked {
        let subjects = try subjects()
        var members: [JSONValue.Member] = []
        if !subjects.predictionIDs.isEmpty {
            members.append(.init(name: "prediction_ids", value: .strings(subjects.predictionIDs)))
        }
        if !subjects.entities.isEmpty {
            members.append(.init(name: "entities", value: .strings(subjects.entities)))
        }
        members.append(
            dryRun
                ? .init(name: "dry_run", value: true)
                : .init(name: "confirm", value: .string(try confirmation()))
        )
        return Asked(path: ["task": task.task], body: .object(members))
    }

    private func subjects() throws -> ForgetRequests.Subjects {
        var subjects = ForgetRequests.Subjects(predictionIDs: predictionID, entities: entity)
        guard let file else { return subjects }
        let source = InputSource(argument: file)
        let listed = try SubjectFile(try Self.bytes(of: source), name: source.name)
        switch listed.column {
        case .predictionID: subjects.predictionIDs += listed.names
        case .entity: subjects.entities += listed.names
        }
        return subjects
    }

    private static func bytes(of source: InputSource) throws -> [UInt8] {
        guard case .file(let path) = source else {
            return Array(FileHandle.standardInput.readDataToEndOfFile())
        }
        // Says what is wrong with a path that cannot be read.
        _ = try FileKind(path: path)
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw IngestError.noSuchFile(path)
        }
        return Array(file.readDataToEndOfFile())
    }

    private func confirmation() throws -> String {
        try NameConfirmation.ask(
            confirm,
            name: task.task,
            deed: "This deletes what was told of them for good."
        )
    }
}
