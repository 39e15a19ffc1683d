import ArgumentParser

/// Labels: the true outcomes.
struct LabelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "labels",
        abstract: "Upload true outcomes, and see what is still missing.",
        subcommands: [
            LabelsUploadCommand.self, LabelsStatusCommand.self, LabelsRejectsCommand.self,
            LabelsOrphansCommand.self,
        ]
    )

    init() {}
}
