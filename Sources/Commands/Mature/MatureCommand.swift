import ArgumentParser
import Contract
import Evaluation
import Harness
import Presentation

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

    func request() -> RemoteRequest { RemoteRequest("POST", "tasks", task.task, "maturing") }

    func result(_ context: CommandContext) async throws -> MatureResult {
        let task = try await task.find(context)
        let operation = MatureCohorts(pool: context.pool, task: task)
        let (cohorts, asOf) = try await context.progress("freezing") { _ in
            try await operation.run()
        }
        return MatureResult(task: task.name, asOf: asOf, cohorts: cohorts)
    }
}
