package import ArgumentParser
import Foundation
import Logging

/// The command line.
package struct Gnomon: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "gnomon",
        abstract: "Tells how good your models are, on the truth known so far.",
        discussion: """
            Upload what champion and shadows predicted, and the true outcomes whenever they arrive; \
            then ask how good and how well calibrated each model is, whether a shadow is better, and \
            whether retraining is warranted. Start with: gnomon demo
            """,
        version: "0.1.0",
        subcommands: [
            DemoCommand.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "Bring in",
                subcommands: [
                    TaskCommand.self, PredictionsCommand.self, LabelsCommand.self,
                    ModelCommand.self,
                ]),
            CommandGroup(
                name: "Ask",
                subcommands: [
                    ReportCommand.self, CalibrationCommand.self, CompareCommand.self,
                    RecommendCommand.self,
                ]),
            CommandGroup(
                name: "Look after",
                subcommands: [VerifyCommand.self, MigrateCommand.self, DatabaseCommandGroup.self]),
        ])

    package init() {}

    /// Runs the program and ends the process.
    package static func start() async -> Never {
        // A reader that has gone shows as an error of the write.
        signal(SIGPIPE, SIG_IGN)
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .error
            return handler
        }
        let status = await run(Array(CommandLine.arguments.dropFirst()))
        Foundation.exit(status.code)
    }

    /// Runs one command line.
    static func run(_ arguments: [String]) async -> ExitStatus {
        do {
            let command = try parseAsRoot(arguments)
            guard let command = command as? any GnomonCommand else {
                // Help, and groups of commands, which show theirs.
                var other = command
                try other.run()
                return .done
            }
            try await Interruption.cancelling { try await command.execute() }
            return .done
        } catch {
            return report(error)
        }
    }

    /// Says what went wrong.
    private static func report(_ error: any Error) -> ExitStatus {
        if error is ExitCode { return ExitStatus.of(error) }
        let code = exitCode(for: error)
        if code.isSuccess {
            // Help and version are results.
            try? Terminal.write(fullMessage(for: error) + "\n")
            return .done
        }
        let isFromParsing = code == .validationFailure
        let line = isFromParsing ? usageLine(error) : ExitStatus.line(for: error)
        Terminal.writeError(line + "\n")
        return isFromParsing ? .wrongUsage : ExitStatus.of(error)
    }

    private static func usageLine(_ error: any Error) -> String {
        let full = fullMessage(for: error)
        let command = full.split(separator: "\n").first { $0.hasPrefix("Usage: ") }
            .map { $0.dropFirst("Usage: ".count).prefix { !"[<-".contains($0) } } ?? "gnomon "
        let text = ExitStatus.oneLine(message(for: error))
        let stop = text.last.map { ".!?".contains($0) } == true ? "" : "."
        return "gnomon: \(text)\(stop) See: \(command)--help"
    }
}
