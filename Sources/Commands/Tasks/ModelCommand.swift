import ArgumentParser

/// Models and their roles.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "List models, give them roles and rename them.",
        subcommands: [ModelListCommand.self, ModelRoleCommand.self, ModelRenameCommand.self]
    )

    init() {}
}
