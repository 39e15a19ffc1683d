import ArgumentParser
import Foundation
import Presentation

/// What every command takes that works on a database or on a service.
struct GlobalOptions: DatabaseChoice {
    @Option(
        help: ArgumentHelp(
            "The PostgreSQL to work on.",
            discussion: """
                Without it GNOMON_DATABASE_URL, or the service at GNOMON_URL with the token GNOMON_TOKEN; \
                without any a private PostgreSQL in your data directory. embedded:NAME is another \
                database of the private one.
                """,
            valueName: "url"
        )
    )
    var database: String?

    @OptionGroup var shown: ProgressOption

    init() {}

    /// The service that the command works on; `nil` where it works on a database.
    ///
    /// - Throws: `RemoteError` for an address that is none, or where a database is named beside it.
    func service() throws -> ServiceLocation? {
        guard database == nil else { return nil }
        let environment = ProcessInfo.processInfo.environment
        guard let service = try ServiceLocation(environment: environment) else { return nil }
        guard environment[DatabaseLocation.variable]?.isEmpty != false else {
            throw RemoteError.twoPlaces
        }
        return service
    }
}

/// The form of the result, for commands whose result can take each.
struct OutputOptions: ParsableArguments {
    @Option(help: "The form of the result.")
    var format: OutputFormat = .table

    init() {}
}

extension OutputFormat: ExpressibleByArgument {}
