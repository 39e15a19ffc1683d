import ArgumentParser

/// Tasks: prediction problems.
struct TaskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task",
        abstract: "Create, list, show and change tasks.",
        subcommands: [
            TaskCreateCommand.self, TaskListCommand.self, TaskShowCommand.self, TaskSetCommand.self,
        ]
    )

    init() {}
}
