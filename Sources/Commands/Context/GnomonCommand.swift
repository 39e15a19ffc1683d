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

/// A command whose result can be had in each of the usual forms.
protocol DatabaseCommand: ResultCommand {
    var output: OutputOptions { get }
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
        let result = try await DatabaseSession(global).withPool { pool in
            try await self.result(
                CommandContext(pool: pool, showsProgress: global.showsProgress)
            )
        }
        try result.present(output.format)
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
