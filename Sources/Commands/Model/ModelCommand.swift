import ArgumentParser

/// Models and their roles.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "List models and give them roles.",
        subcommands: [ModelListCommand.self, ModelRoleCommand.self]
    )

    init() {}
}
