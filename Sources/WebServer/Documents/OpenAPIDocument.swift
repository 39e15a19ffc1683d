package import Contract
import Evaluation
import HTTPTypes

/// The description of the routes as OpenAPI 3.1 has it.
package struct OpenAPIDocument: Sendable {
    package let table: RouteTable

    package init(_ table: RouteTable) {
        self.table = table
    }

    package static let version = "1.0.0"

    package var json: JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Gnomon",
                "version": .string(Self.version),
                "description": """
                Post what champion and shadows predicted, and the true outcomes whenever they arrive; \
                then ask how good and how well calibrated each model is, on the truth known so far.
                """,
            ],
            "servers": [["url": "/"]],
            "tags": .array(
                Operation.Tag.allCases.map { ["name": .string($0.rawValue)] }
            ),
            "paths": .object(paths),
            "components": [
                "schemas": .object(
                    Schemas.all.map { JSONValue.Member(name: $0.name, value: $0.schema) }
                ),
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
            ],
        ]
    }

    /// The routes that are described: all but pages.
    package var described: [Route] {
        table.routes.filter { !$0.access.isPage }
    }

    private var paths: [JSONValue.Member] {
        var order: [String] = []
        var methods: [String: [JSONValue.Member]] = [:]
        for route in described {
            if methods[route.path.text] == nil { order.append(route.path.text) }
            methods[route.path.text, default: []].append(
                JSONValue.Member(
                    name: route.method.rawValue.lowercased(),
                    value: Self.json(route)
                )
            )
        }
        return order.map { JSONValue.Member(name: $0, value: .object(methods[$0] ?? [])) }
    }

    private static func json(_ route: Route) -> JSONValue {
        let operation = route.operation
        var members: [JSONValue.Member] = [
            .init(name: "operationId", value: .string(operation.id)),
            .init(name: "tags", value: [.string(operation.tag.rawValue)]),
            .init(name: "summary", value: .string(operation.summary)),
        ]
        let description = [operation.description, needs(route.access)].filter { !$0.isEmpty }
            .joined(separator: "\n\n")
        if !description.isEmpty {
            members.append(.init(name: "description", value: .string(description)))
        }
        members.append(
            .init(
                name: "security",
                value: route.access == .everybody ? [] : [["token": []]]
            )
        )
        if !operation.parameters.isEmpty {
            members.append(
                .init(name: "parameters", value: .array(operation.parameters.map(\.json)))
            )
        }
        if let body = operation.body {
            members.append(
                .init(
                    name: "requestBody",
                    value: [
                        "required": .bool(body.isRequired),
                        "content": .object(body.contents.map(\.member)),
                    ]
                )
            )
        }
        members.append(.init(name: "responses", value: .object(responses(route))))
        return .object(members)
    }

    private static func needs(_ access: Route.Access) -> String {
        switch access {
        case .everybody, .publicPage: "Needs no token."
        case .anyToken: "Needs a token of any scope."
        case .scope(let scope), .page(let scope): "Needs the scope \(scope.rawValue)."
        }
    }

    private static func responses(_ route: Route) -> [JSONValue.Member] {
        let success = route.operation.success
        var answer: [JSONValue.Member] = [
            .init(name: "description", value: .string(success.description))
        ]
        if !success.headers.isEmpty {
            answer.append(
                .init(
                    name: "headers",
                    value: .object(
                        success.headers.sorted { $0.key < $1.key }.map {
                            .init(
                                name: $0.key,
                                value: [
                                    "description": .string($0.value), "schema": ["type": "string"],
                                ]
                            )
                        }
                    )
                )
            )
        }
        if let content = success.content {
            let forms = success.hasForms ? otherForms : []
            answer.append(.init(name: "content", value: .object([content.member] + forms)))
        }
        var responses: [JSONValue.Member] = [
            .init(name: "\(success.status)", value: .object(answer))
        ]
        if route.operation.parameters.contains(where: { $0.name == "If-None-Match" }) {
            responses.append(
                .init(
                    name: "304",
                    value: ["description": "The answer that is there is still true."]
                )
            )
        }
        let problems = Dictionary(grouping: problems(of: route), by: \.status.code)
        for (status, kinds) in problems.sorted(by: { $0.key < $1.key }) {
            responses.append(
                .init(
                    name: "\(status)",
                    value: [
                        "description": .string(kinds.map(\.title).joined(separator: "; ") + "."),
                        "content": [
                            Problem.contentType: ["schema": Schemas.reference("Problem")]
                        ],
                    ]
                )
            )
        }
        return responses
    }

    private static let otherForms = [
        JSONValue.Member(
            name: "text/plain",
            value: ["schema": Schemas.text("The tables of the command line.")]
        ),
        JSONValue.Member(name: "text/csv", value: ["schema": Schemas.text()]),
    ]

    /// What may go wrong: what the operation says, and what every operation of its kind shares.
    static func problems(of route: Route) -> [Problem.Kind] {
        var kinds = Set(route.operation.problems)
        kinds.formUnion([.invalidRequest, .tooManyRequests, .internalError])
        if route.access != .everybody {
            kinds.formUnion([.unauthorized, .databaseUnreachable, .overloaded])
        }
        switch route.access {
        case .scope, .page: kinds.insert(.forbidden)
        case .everybody, .anyToken, .publicPage: break
        }
        if route.operation.parameters.contains(where: { $0.name == "Idempotency-Key" }) {
            kinds.formUnion([.keyReused, .conflict])
        }
        if route.operation.body != nil { kinds.insert(.unknownExpectation) }
        if route.operation.body != nil
            || route.operation.parameters.contains(where: { $0.place == .query })
        {
            kinds.insert(.invalidValue)
        }
        return Problem.Kind.allCases.filter(kinds.contains)
    }
}

extension Operation.Parameter {
    fileprivate var json: JSONValue {
        let json: JSONValue = [
            "name": .string(name), "in": .string(place.rawValue),
            "required": .bool(isRequired), "description": .string(description),
            "schema": schema,
        ]
        return example.map { json.adding(["example": $0]) } ?? json
    }
}

extension Operation.Content {
    fileprivate var member: JSONValue.Member {
        .init(name: type, value: ["schema": schema, "example": example])
    }
}
