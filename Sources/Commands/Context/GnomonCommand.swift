import FoundationEssentials
import ArgumentParser
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

    /// What is asked of a service.
    func request() throws -> RemoteRequest

    /// Has a service do it, and writes what it says.
    func execute(on service: RemoteService) async throws
}

/// What a command works with.
struct CommandContext: Sendable {
    var pool: PostgresPool
    var showsProgress: Bool

    init(pool: PostgresPool, showsProgress: Bool) {
        self.pool = pool
        self.showsProgress = showsProgress
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

    func execute(on service: RemoteService) async throws {
        let request = try request()
        try await waiting { try await service.output(request, output.format) }.present()
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
        try Terminal.write(text(format, style: Terminal.style))
        guard status != .done else { return }
        if let failure { Terminal.writeError("gnomon: \(ExitStatus.oneLine(failure))\n") }
        throw ExitCode(status.code)
    }
}
