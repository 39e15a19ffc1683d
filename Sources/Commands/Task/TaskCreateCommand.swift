import ArgumentParser
import Contract
import Evaluation
import Foundation
import Harness
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

    func task() throws -> PredictionTask {
        var task = PredictionTask(name: Name(name), kind: kind)
        switch kind {
        case .binary: break
        case .regression: (task.classes, task.positiveClass) = ([], 0)
        case .multiclass: task.classes = []
        }
        if let partition { task.partitionDays = partition }
        try settings.apply(to: &task)
        return task
    }

    func request() -> RemoteRequest {
        var json: JSONValue = ["task": .string(name), "kind": .string(kind.rawValue)]
        if let partition {
            json = json.adding(["partition": .string("\(partition.rawValue)d")])
        }
        return RemoteRequest("POST", "tasks", json: json.adding(settings.json))
    }

    func execute(on service: RemoteService) async throws {
        try await waiting {
            try await settings.change(name, by: request(), on: service, output.format)
        }
    }

    func result(_ context: CommandContext) async throws -> TaskResult {
        // The most likely slip is found before anything is made.
        if let file = settings.baselineFile, !FileManager.default.fileExists(atPath: file) {
            throw IngestError.noSuchFile(file)
        }
        let created = try await CreateTask(pool: context.pool, task: task()).run()
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
