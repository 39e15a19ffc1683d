import ArgumentParser

/// Tasks: prediction problems.
struct TaskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task",
        abstract: "Create, list, show, change, rename and delete tasks.",
        subcommands: [
            TaskCreateCommand.self, TaskListCommand.self, TaskShowCommand.self, TaskSetCommand.self,
            TaskRenameCommand.self, TaskDeleteCommand.self,
        ]
    )

    init() {}
}
