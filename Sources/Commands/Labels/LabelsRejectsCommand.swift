import ArgumentParser
import Contract
import Evaluation
import Harness
import Ingest

struct LabelsRejectsCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejects",
        abstract: "List rejected rows of predictions and labels, newest upload first."
    )

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("How many at most.", valueName: "n"))
    var limit = 1_000

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be above 0.") }
    }

    func result(_ context: CommandContext) async throws -> RejectListResult {
        let task = try await task.find(context)
        return RejectListResult(
            task: task,
            rejects: try await ListRejects(pool: context.pool, task: task, limit: limit).run(),
            limit: limit
        )
    }
}

/// Rejected rows.
struct RejectListResult: CommandResult {
    var task: PredictionTask
    var rejects: [Reject]
    var limit: Int

    var document: Document {
        var document = Document()
        guard !rejects.isEmpty else {
            document.paragraph("Task \(task.name) has no rejected rows.")
            return document
        }
        document.append(RejectText.document(rejects))
        if rejects.count == limit {
            document.paragraph("There may be more; see --limit.", .faint)
        }
        return document
    }

    var json: JSONValue { .rejects(rejects, of: task) }

    var csv: CSVTable {
        var csv = CSVTable(["file", "line", "field", "value", "reason", "row"])
        csv.rows = rejects.map {
            [
                .string($0.file), JSONValue($0.line), .string($0.field), .string($0.value),
                .string($0.reason), .string($0.row),
            ]
        }
        return csv
    }
}
