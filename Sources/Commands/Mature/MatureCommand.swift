import Contract
import ArgumentParser
import Evaluation
import Harness

struct MatureCommand: DatabaseCommand {
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

    func result(_ context: CommandContext) async throws -> MatureResult {
        let task = try await task.find(context)
        let operation = MatureCohorts(pool: context.pool, task: task)
        let (cohorts, asOf) = try await context.progress("freezing") { _ in
            try await operation.run()
        }
        return MatureResult(task: task.name, asOf: asOf, cohorts: cohorts)
    }
}

/// How many cohorts were frozen.
struct MatureResult: CommandResult {
    var task: String
    var asOf: Instant
    var cohorts: Int

    var document: Document {
        var document = Document()
        document.paragraph(
            cohorts == 0
                ? "Nothing was due: every cohort of \(task) that has reached an age is frozen."
                : "\(NumberText.count(cohorts)) cohorts of \(task) are frozen, as they were known at their age."
        )
        return document
    }

    var json: JSONValue {
        ["task": .string(task), "as_of": .string(asOf.iso8601), "frozen": JSONValue(cohorts)]
    }

    var csv: CSVTable {
        var csv = CSVTable(["task", "as_of", "frozen"])
        csv.rows = [[.string(task), .string(asOf.iso8601), JSONValue(cohorts)]]
        return csv
    }
}
