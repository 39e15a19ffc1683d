import ArgumentParser
import EmbeddedPostgres
import Presentation

/// The private PostgreSQL server.
struct DatabaseCommandGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: "Start, stop and see the private PostgreSQL server.",
        discussion: """
            Without --database and GNOMON_DATABASE_URL, gnomon keeps its data in a PostgreSQL of its \
            own, on a Unix socket only, which runs while a command needs it, or from start to stop.
            """,
        subcommands: [
            DatabaseStartCommand.self, DatabaseStopCommand.self, DatabaseStatusCommand.self,
        ]
    )

    init() {}
}

struct DatabaseStartCommand: GnomonCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Start the private server, to stay up until stop."
    )

    @OptionGroup var output: OutputOptions

    init() {}

    func execute() async throws {
        let server = try EmbeddedPostgres()
        try await server.start()
        try DatabaseStatusResult(status: try await server.status(), message: "Started.")
            .present(output.format)
    }
}

struct DatabaseStopCommand: GnomonCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop the private server."
    )

    @OptionGroup var output: OutputOptions

    init() {}

    func execute() async throws {
        let server = try EmbeddedPostgres()
        let message =
            switch try await server.stop() {
            case .stopped: "Stopped."
            case .wasNotRunning: "The server was not running."
            case .stillInUse: "In use: the last command that uses it will stop it."
            }
        try DatabaseStatusResult(status: try await server.status(), message: message)
            .present(output.format)
    }
}

struct DatabaseStatusCommand: GnomonCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say where the private server is and whether it runs."
    )

    @OptionGroup var output: OutputOptions

    init() {}

    func execute() async throws {
        let status = try await EmbeddedPostgres().status()
        try DatabaseStatusResult(status: status, message: nil).present(output.format)
    }
}
