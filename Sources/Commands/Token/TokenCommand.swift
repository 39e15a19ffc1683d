import ArgumentParser
import Contract
import Evaluation
import Harness
import Presentation

/// Tokens of the service.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make, list and revoke the tokens that the service asks for.",
        subcommands: [
            TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self,
        ]
    )

    init() {}
}

struct TokenCreateCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a token; it is shown this once.",
        discussion: """
            Scopes include nothing but themselves: predictions and labels post rows, backfill lets rows \
            say when they became known, read asks, admin changes. For example: gnomon token create \
            scoring --scopes predictions --tasks churn --expires 90d
            """
    )

    @Argument(help: "What lists and the audit log call it.")
    var name: String

    @Option(
        help: ArgumentHelp(
            "predictions, labels, backfill, read, admin.",
            valueName: "a,b"
        ),
        transform: ScopeText.scopes
    )
    var scopes: Set<AccessScope>

    @Option(
        help: ArgumentHelp("The tasks it is good for (default: all).", valueName: "a,b"),
        transform: OptionTexts.list
    )
    var tasks: [String]?

    @Option(
        help: ArgumentHelp("How long it is good (default: for ever).", valueName: "90d"),
        transform: DurationText.seconds
    )
    var expires: Int64?

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() -> RemoteRequest {
        var json: JSONValue = [
            "name": .string(name), "scopes": .strings(scopes.map(\.rawValue).sorted()),
        ]
        if let tasks { json = json.adding(["tasks": .strings(tasks)]) }
        if let expires { json = json.adding(["expires": .string(DurationText.text(expires))]) }
        return RemoteRequest("POST", "tokens", json: json)
    }

    func result(_ context: CommandContext) async throws -> TokenResult {
        let (token, text) = try await CreateToken(pool: context.pool).run(
            name: Name(name),
            scopes: scopes,
            tasks: tasks.map { Set($0.map { Name($0) }) },
            lifetimeSeconds: expires
        )
        return TokenResult(tokens: [token], text: text)
    }
}

struct TokenListCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List all tokens, revoked ones as well."
    )

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() -> RemoteRequest { RemoteRequest("GET", "tokens") }

    func result(_ context: CommandContext) async throws -> TokenResult {
        TokenResult(tokens: try await ListTokens(pool: context.pool).run())
    }
}

struct TokenRevokeCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Make a token good for nothing, within a second."
    )

    @Argument(help: "The name of the token.")
    var name: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func request() -> RemoteRequest { RemoteRequest("DELETE", "tokens", name) }

    func result(_ context: CommandContext) async throws -> TokenResult {
        TokenResult(tokens: [try await RevokeToken(pool: context.pool).run(name: Name(name))])
    }
}

/// Scopes as an option gives them.
enum ScopeText {
    static func scopes(_ text: String) throws -> Set<AccessScope> {
        Set(
            try OptionTexts.list(text).map { name in
                guard let scope = AccessScope(rawValue: name) else {
                    throw ValidationError(
                        "\(name) is no scope; the scopes are "
                            + AccessScope.allCases.map(\.rawValue).joined(separator: ", ") + "."
                    )
                }
                return scope
            }
        )
    }
}
