package import ArgumentParser
import Contract
import Foundation
import Logging
import Presentation

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
        version: Program.version,
        subcommands: [
            DemoCommand.self
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "Bring in",
                subcommands: [
                    TaskCommand.self, PredictionsCommand.self, LabelsCommand.self,
                    UploadsCommand.self, ModelCommand.self,
                ]
            ),
            CommandGroup(
                name: "Ask",
                subcommands: [
                    ReportCommand.self, CalibrationCommand.self, CompareCommand.self,
                    PairsCommand.self,
                    RecommendCommand.self, RecalibrateCommand.self,
                ]
            ),
            CommandGroup(
                name: "Look after",
                subcommands: [
                    ServeCommand.self, TokenCommand.self, VerifyCommand.self, MatureCommand.self,
                    LedgerCommand.self,
                    PruneCommand.self, ForgetCommand.self, MigrateCommand.self,
                    DatabaseCommandGroup.self,
                ]
            ),
        ]
    )

    package init() {}

    /// Runs the program and ends the process.
    package static func start() async -> Never {
        // A reader that has gone shows as an error of the write.
        signal(SIGPIPE, SIG_IGN)
        // Commands answer with results and errors; what happens on the way is for those who ask.
        let level = ProcessInfo.processInfo.environment["GNOMON_LOG_LEVEL"]
            .flatMap { Logger.Level(rawValue: $0.lowercased()) }
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level ?? .error
            return handler
        }
        let status = await run(Array(CommandLine.arguments.dropFirst()))
        Foundation.exit(status.code)
    }

    /// Runs one command line.
    static func run(_ arguments: [String]) async -> ExitStatus {
        let command: any ParsableCommand
        do {
            command = try parseAsRoot(arguments)
            if !(command is any GnomonCommand) {
                // Help, and groups of commands, which show theirs.
                var other = command
                try other.run()
            }
        } catch {
            return reportParsing(error)
        }
        guard let command = command as? any GnomonCommand else { return .done }
        do {
            if type(of: command).handlesSignals {
                try await command.execute()
            } else {
                try await Interruption.cancelling { try await command.execute() }
            }
            return .done
        } catch let code as ExitCode {
            return ExitStatus.of(code)
        } catch {
            Terminal.writeError(ExitStatus.line(for: error) + "\n")
            return ExitStatus.of(error)
        }
    }

    /// Shows help and versions, which come as errors, and says what is wrong with a command line.
    private static func reportParsing(_ error: any Error) -> ExitStatus {
        guard exitCode(for: error).isSuccess else {
            Terminal.writeError(usageLine(error) + "\n")
            return .wrongUsage
        }
        do {
            try Terminal.write(fullMessage(for: error) + "\n")
            return .done
        } catch {
            Terminal.writeError(ExitStatus.line(for: error) + "\n")
            return ExitStatus.of(error)
        }
    }

    private static func usageLine(_ error: any Error) -> String {
        let full = fullMessage(for: error)
        let command =
            full.split(separator: "\n").first { $0.hasPrefix("Usage: ") }
            .map { $0.dropFirst("Usage: ".count).prefix { !"[<-".contains($0) } } ?? "gnomon "
        let text = ExitStatus.oneLine(message(for: error))
        let stop = text.last.map { ".!?".contains($0) } == true ? "" : "."
        return "gnomon: \(text)\(stop) See: \(command)--help"
    }
}
