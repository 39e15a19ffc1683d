import ArgumentParser

/// What was uploaded, and taking it back.
struct UploadsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uploads",
        abstract: "See what was uploaded, and take back what was wrong.",
        subcommands: [
            UploadsListCommand.self, UploadsShowCommand.self, UploadsWithdrawCommand.self,
        ]
    )

    init() {}
}
