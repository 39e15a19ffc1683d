import ArgumentParser
import Foundation

/// Options by which a command finds its database.
protocol DatabaseChoice: ParsableArguments {
    var database: String? { get }
    var shown: ProgressOption { get }
}

extension DatabaseChoice {
    var location: DatabaseLocation {
        DatabaseLocation(
            option: database,
            environment: ProcessInfo.processInfo.environment[DatabaseLocation.variable]
        )
    }

    var showsProgress: Bool { shown.progress ?? Terminal.errorIsTerminal }
}

/// What a command takes that is about a database, and never asks a service.
struct DatabaseOptions: DatabaseChoice {
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

    @OptionGroup var shown: ProgressOption

    init() {}
}

extension DatabaseSession {
    init(_ options: some DatabaseChoice) {
        self.init(options.location, showsProgress: options.showsProgress)
    }
}
