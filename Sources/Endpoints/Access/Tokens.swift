import Contract
import Evaluation
import Harness
package import Presentation

extension Endpoint where Answer == TokenResult {
    /// All tokens, revoked ones as well.
    package static var tokens: Endpoint<TokenResult> {
        Endpoint(.get, "/v1/tokens", .admin, turn: .none) { _ in
            { TokenResult(tokens: try await ListTokens(pool: $0.readers).run()) }
        }
    }

    /// Makes a token; its text is in this answer alone.
    package static var newToken: Endpoint<TokenResult> {
        Endpoint(.post, "/v1/tokens", .admin, turn: .none) { asked in
            let members = try asked.members(
                ["name", "scopes", "tasks", "expires"],
                nullable: ["tasks"]
            )
            let name = Name(try members.requiredText("name"))
            let scopes = try members.scopes
            let tasks = try members.names("tasks").map(Set.init)
            let lifetime = try members.value("expires", DurationText.seconds)
            return { desk in
                let (token, text) = try await CreateToken(pool: desk.writers, author: desk.author)
                    .run(name: name, scopes: scopes, tasks: tasks, lifetimeSeconds: lifetime)
                return TokenResult(tokens: [token], text: text)
            }
        }
    }

    /// Makes a token good for nothing.
    package static var tokenRevocation: Endpoint<TokenResult> {
        Endpoint(.delete, "/v1/tokens/{token}", .admin, turn: .none) { asked in
            let name = try asked.name("token")
            return { desk in
                TokenResult(tokens: [
                    try await RevokeToken(pool: desk.writers, author: desk.author).run(name: name)
                ])
            }
        }
    }
}

extension Members {
    fileprivate var scopes: Set<AccessScope> {
        get throws {
            let scopes = try (texts("scopes") ?? []).map { text in
                guard let scope = AccessScope(rawValue: text) else {
                    let all = AccessScope.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ParameterFault(
                        .unreadable,
                        "\(setting: "scopes"): \"\(text)\" is none of: \(all)."
                    )
                }
                return scope
            }
            guard Set(scopes).count == scopes.count else {
                throw ParameterFault(.unreadable, "\(setting: "scopes"): give each once.")
            }
            return Set(scopes)
        }
    }
}
