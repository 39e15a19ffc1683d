import FoundationEssentials
import ArgumentParser
import Contract
import Endpoints
import Evaluation
import Harness
import Postgres
import Presentation

/// A command that does something, as opposed to a group of commands.
protocol GnomonCommand: ParsableCommand, Sendable {
    /// Whether the command sees to signals itself, instead of being cancelled by them.
    static var handlesSignals: Bool { get }

    /// Does it, and writes the result to standard output.
    func execute() async throws
}

extension GnomonCommand {
    static var handlesSignals: Bool { false }
}

/// A command that asks or changes a database and has a result to show.
protocol ResultCommand: GnomonCommand {
    associatedtype Result: Presentable

    var global: GlobalOptions { get }

    func result(_ context: CommandContext) async throws -> Result
}

extension ResultCommand {
    func anyResult(_ context: CommandContext) async throws -> any Presentable {
        try await result(context)
    }
}

/// A command whose result can be had in each of the usual forms, from a database or from a service.
protocol DatabaseCommand: ResultCommand {
    var output: OutputOptions { get }

    /// Has a service do it, and writes what it says.
    func execute(on service: RemoteService) async throws
}

/// A command that asks an endpoint, here or of a service.
protocol AskingCommand: DatabaseCommand {
    associatedtype Result
    static var endpoint: Endpoint<Result> { get }
    /// What is shown while it is waited for.
    static var activity: String { get }

    func asked() throws -> Asked
}

extension AskingCommand {
    /// Refuses what cannot be asked before anything is connected to.
    func validate() throws { try Self.endpoint.check(asked()) }

    func execute(on service: RemoteService) async throws {
        try await show(Self.endpoint, try asked(), on: service)
    }

    func result(_ context: CommandContext) async throws -> Result {
        try await answer(Self.endpoint, try asked(), context, showing: Self.activity)
    }
}

/// What a command works with.
struct CommandContext: Sendable {
    var pool: PostgresPool
    var showsProgress: Bool

    init(pool: PostgresPool, showsProgress: Bool) {
        self.pool = pool
        self.showsProgress = showsProgress
    }

    func desk(isForTable: Bool) -> Desk {
        Desk(pool: pool, author: Author.commandLine, isForTable: isForTable)
    }

    /// Shows a line of progress while the body runs.
    func progress<T>(
        _ label: String,
        _ body: (Progress) async throws -> T
    ) async throws -> T {
        let progress = Progress(label, isShown: showsProgress)
        return try await progress.show { try await body(progress) }
    }
}

extension DatabaseCommand {
    func execute() async throws {
        if let service = try global.remoteService() { return try await execute(on: service) }
        let result = try await DatabaseSession(global).withPool { pool in
            try await self.result(
                CommandContext(pool: pool, showsProgress: global.showsProgress)
            )
        }
        try result.present(output.format)
    }

    /// Has a service answer an endpoint, and writes what it says.
    func show<Answer>(
        _ endpoint: Endpoint<Answer>,
        _ asked: Asked,
        on service: RemoteService
    ) async throws {
        let request = RemoteRequest(endpoint, asked)
        try await waiting { try await service.output(request, output.format) }.present()
    }

    /// Answers an endpoint from a database.
    func answer<Answer>(
        _ endpoint: Endpoint<Answer>,
        _ asked: Asked,
        _ context: CommandContext,
        showing activity: String
    ) async throws -> Answer {
        let work = try endpoint.read(asked)
        let desk = context.desk(isForTable: output.format == .table)
        return try await context.progress(activity) { _ in try await work(desk) }
    }

    /// Shows that a service is being waited for.
    func waiting<T>(_ body: () async throws -> T) async throws -> T {
        try await Progress("waiting for the service", isShown: global.showsProgress).show(body)
    }
}

extension GlobalOptions {
    /// The service to ask, with a warning where its token can be read by others.
    func remoteService() throws -> RemoteService? {
        guard let location = try service() else { return nil }
        if location.exposesToken {
            Terminal.writeError(
                "gnomon: Warning: the token goes to \(location.url.absoluteString) unencrypted; use https.\n"
            )
        }
        return RemoteService(location: location)
    }
}

extension Presentable {
    /// Writes the result, and ends the command with the result's own status.
    func present(_ format: OutputFormat) throws {
        for warning in warnings {
            Terminal.writeError("gnomon: \(ExitStatus.oneLine(warning))\n")
        }
        try Terminal.write(text(format, style: Terminal.style))
        guard status != .done else { return }
        if let failure { Terminal.writeError("gnomon: \(ExitStatus.oneLine(failure))\n") }
        throw ExitCode(status.code)
    }
}

extension Endpoint {
    /// - Throws: `ValidationError` for what cannot be asked.
    func check(_ asked: Asked) throws {
        do {
            _ = try read(asked)
        } catch let fault as any WordedError {
            throw ValidationError(fault.description)
        }
    }
}
