import ArgumentParser
import Evaluation
import Harness

/// The task that a command is about.
struct TaskOption: ParsableArguments {
    @Option(help: ArgumentHelp("The task.", valueName: "name"))
    var task: String

    init() {}

    func find(_ context: CommandContext) async throws -> PredictionTask {
        try await FindTasks(pool: context.pool).task(named: Name(task))
    }
}
