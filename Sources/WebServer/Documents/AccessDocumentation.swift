import Contract

/// What the documentation says of tokens, and of the service itself.
enum AccessDocumentation {
    private static let example: JSONValue = [
        "name": "scoring", "scopes": ["predictions"], "tasks": ["flights"],
        "created_at": "2013-06-24T00:00:00Z", "expires_at": nil, "last_used_at": nil,
        "revoked_at": nil,
    ]

    static let own = Operation(
        "showOwnToken",
        "What the token that asks may do",
        tag: .access,
        success: .init(
            "The token.",
            .init(
                "application/json",
                schema: Schemas.reference("OwnToken"),
                example: ["name": "scoring", "scopes": ["predictions"], "tasks": ["flights"]]
            )
        )
    )
    static let list = Operation(
        "listTokens",
        "All tokens, the newest first",
        tag: .access,
        success: .init(
            "The tokens, revoked ones as well.",
            .init(
                "application/json",
                schema: Schemas.reference("TokenList"),
                example: ["tokens": [example]]
            )
        )
    )
    static let create = Operation(
        "createToken",
        "Make a token",
        "The token is shown this once. Its scopes include nothing but themselves: predictions and labels "
            + "post rows, backfill lets rows say when they became known, read asks, admin changes.",
        tag: .access,
        body: .init([
            .init(
                "application/json",
                schema: Schemas.reference("NewToken"),
                example: [
                    "name": "scoring", "scopes": ["predictions"], "tasks": ["flights"],
                    "expires": "90d",
                ]
            )
        ]),
        success: .init(
            "The token.",
            status: 201,
            .init(
                "application/json",
                schema: Schemas.reference("MadeToken"),
                example: example.adding(["token": "gnm_…"])
            )
        ),
        problems: [.invalidRequest, .conflict, .tooLarge, .unsupportedType, .slowBody]
    )
    static let revoke = Operation(
        "revokeToken",
        "Make a token good for nothing",
        "At once here, within a second at other instances. It stays in the list.",
        tag: .access,
        parameters: [
            .init(
                "token",
                in: .path,
                "The name of the token.",
                schema: ["type": "string", "minLength": 1],
                example: "scoring"
            )
        ],
        success: .init(
            "The token as it is now.",
            .init("application/json", schema: Schemas.reference("Token"), example: example)
        ),
        problems: [.notFound]
    )
}

/// What the documentation says of the service itself.
enum ServiceDocumentation {
    private static func status(_ text: String) -> Operation.Content {
        .init(
            "application/json",
            schema: Schemas.reference("Status"),
            example: ["status": .string(text)]
        )
    }

    static let health = Operation(
        "getHealth",
        "Whether the process lives",
        tag: .service,
        success: .init("It does.", status("alive"))
    )
    static let readiness = Operation(
        "getReadiness",
        "Whether the database can be reached and its tables are those of this version",
        tag: .service,
        success: .init("They are.", status("ready")),
        problems: [.databaseUnreachable]
    )
    static let openAPI = Operation(
        "getOpenAPI",
        "This description, for programs",
        tag: .service,
        success: .init(
            "OpenAPI 3.1.",
            .init("application/json", schema: ["type": "object"], example: ["openapi": "3.1.0"])
        )
    )
    static let documentation = Operation(
        "getDocumentation",
        "This description, for people",
        tag: .service,
        success: .init(
            "A page.",
            .init("text/html", schema: ["type": "string"], example: "<!doctype html>")
        )
    )
}
