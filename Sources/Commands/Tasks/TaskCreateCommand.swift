import ArgumentParser
import Contract
import Endpoints
import Evaluation
import Foundation
import Ingest
import Presentation

struct TaskCreateCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create a task.",
        discussion: """
            For example: gnomon task create churn --kind binary --horizon 60d --time-zone Europe/Berlin
            """
    )

    @Argument(help: "The name of the task.")
    var name: String

    @Option(help: "What is predicted.")
    var kind: TaskKind

    @OptionGroup var settings: TaskSettings

    @Option(
        help: ArgumentHelp(
            "The width of table partitions: 7d, 28d or 364d (default: 28d).",
            discussion: "Aim at 2 to 20 million predictions each.",
            valueName: "width"
        ),
        transform: PartitionText.partition
    )
    var partition: PartitionDays?

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func validate() throws { try Endpoint.newTask.check(asked) }

    var asked: Asked {
        var body: JSONValue = ["task": .string(name), "kind": .string(kind.rawValue)]
        if let partition {
            body = body.adding(["partition": .string("\(partition.rawValue)d")])
        }
        return Asked(body: body.adding(settings.members))
    }

    func execute(on service: RemoteService) async throws {
        let request = RemoteRequest(.newTask, asked)
        try await waiting {
            try await settings.change(name, by: request, on: service, output.format)
        }
    }

    func result(_ context: CommandContext) async throws -> TaskResult {
        // The most likely slip is found before anything is made.
        if let file = settings.baselineFile, !FileManager.default.fileExists(atPath: file) {
            throw IngestError.noSuchFile(file)
        }
        let created = try await answer(.newTask, asked, context, showing: "writing").task
        do {
            let (task, baseline) = try await settings.loadBaseline(created, context)
            return TaskResult(task: task, isNew: true, loaded: baseline)
        } catch {
            throw CommandError.baselineNotTaken(
                task: name,
                file: settings.baselineFile ?? "",
                reason: ExitStatus.text(of: error),
                status: ExitStatus.of(error)
            )
        }
    }
}
