import ArgumentParser
import Contract
import Endpoints
import Evaluation
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

struct TokenCreateCommand: AskingCommand {
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

    static let activity = "writing"
    static var endpoint: Endpoint<TokenResult> { .newToken }

    func asked() -> Asked {
        var body: JSONValue = [
            "name": .string(name), "scopes": .strings(scopes.map(\.rawValue).sorted()),
        ]
        if let tasks { body = body.adding(["tasks": .strings(tasks)]) }
        if let expires { body = body.adding(["expires": .string(DurationText.text(expires))]) }
        return Asked(body: body)
    }
}

struct TokenListCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List all tokens, revoked ones as well."
    )

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "reading"
    static var endpoint: Endpoint<TokenResult> { .tokens }

    func asked() -> Asked { Asked() }
}

struct TokenRevokeCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Make a token good for nothing, within a second."
    )

    @Argument(help: "The name of the token.")
    var name: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "writing"
    static var endpoint: Endpoint<TokenResult> { .tokenRevocation }

    func asked() -> Asked { Asked(path: ["token": name]) }
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
