import ArgumentParser
import Foundation
import Presentation

/// What every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The PostgreSQL to work on.",
            discussion: """
                Without it GNOMON_DATABASE_URL; without either a private PostgreSQL in your data \
                directory. embedded:NAME is another database of the private one.
                """,
            valueName: "url"
        )
    )
    var database: String?

    @Flag(inversion: .prefixedNo, help: "Show progress on standard error (default: on a terminal).")
    var progress: Bool?

    init() {}

    var location: DatabaseLocation {
        DatabaseLocation(
            option: database,
            environment: ProcessInfo.processInfo.environment[DatabaseLocation.variable]
        )
    }

    var showsProgress: Bool { progress ?? Terminal.errorIsTerminal }
}

extension DatabaseSession {
    init(_ options: GlobalOptions) {
        self.init(options.location, showsProgress: options.showsProgress)
    }
}

/// The form of the result, for commands whose result can take each.
struct OutputOptions: ParsableArguments {
    @Option(help: "The form of the result.")
    var format: OutputFormat = .table

    init() {}
}

extension OutputFormat: ExpressibleByArgument {}
