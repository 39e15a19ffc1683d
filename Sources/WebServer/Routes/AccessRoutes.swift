import Contract
import Evaluation
import Harness
import HTTPTypes
import Presentation

/// Tokens.
struct AccessRoutes: Sendable {
    let backend: Backend

    var routes: [Route] {
        [
            Route(.get, "/v1/token", .anyToken, AccessDocumentation.own) { call in
                Answer(json: [
                    "name": .name(call.identity.name),
                    "scopes": .strings(call.identity.scopes.map(\.rawValue).sorted()),
                    "tasks": call.identity.tasks.map { JSONValue.names($0.sorted()) } ?? .null,
                ])
            },
            Route(.get, "/v1/tokens", .scope(.admin), AccessDocumentation.list) { call in
                try Self.requireAllTasks(call)
                return Answer(
                    TokenResult(tokens: try await ListTokens(pool: backend.readers).run()),
                    for: call
                )
            },
            Route(.post, "/v1/tokens", .scope(.admin), AccessDocumentation.create) {
                try await create($0)
            },
            Route(
                .delete,
                "/v1/tokens/{token}",
                .scope(.admin),
                AccessDocumentation.revoke
            ) { call in
                try Self.requireAllTasks(call)
                let token = try await RevokeToken(
                    pool: backend.writers,
                    author: call.identity.author
                ).run(name: call.name("token"))
                backend.authenticator.forget()
                guard case .json = call.form else {
                    return Answer(TokenResult(tokens: [token]), for: call)
                }
                return Answer(json: token.json)
            },
        ]
    }

    private func create(_ call: Call) async throws -> Answer {
        try Self.requireAllTasks(call)
        let (json, _) = try await JSONDocument.read(call, backend.limits)
        let members = try Members(
            json,
            allowed: ["name", "scopes", "tasks", "expires"],
            nullable: ["tasks"]
        )
        let scopes = try (members.texts("scopes") ?? []).map { text in
            guard let scope = AccessScope(rawValue: text) else {
                throw Problem(
                    .invalidRequest,
                    "scopes: \"\(text)\" is none of: "
                        + AccessScope.allCases.map(\.rawValue).joined(separator: ", ") + "."
                )
            }
            return scope
        }
        guard Set(scopes).count == scopes.count else {
            throw Problem(.invalidRequest, "scopes: give each once.")
        }
        let (token, text) = try await CreateToken(
            pool: backend.writers,
            author: call.identity.author
        ).run(
            name: Name(try members.requiredText("name")),
            scopes: Set(scopes),
            tasks: try members.names("tasks").map(Set.init),
            lifetimeSeconds: try members.value("expires", DurationText.seconds)
        )
        var answer = Answer(
            TokenResult(tokens: [token], text: text),
            for: call,
            status: .created
        )
        answer.headers[.cacheControl] = "no-store"
        return answer
    }

    /// Who is held to some tasks must not make a token that is held to none.
    private static func requireAllTasks(_ call: Call) throws {
        guard call.identity.tasks == nil else {
            throw Problem(
                .forbidden,
                "The token is good for some tasks only, and tokens are about all of them."
            )
        }
    }
}
