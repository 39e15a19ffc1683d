import Contract
import Evaluation
import HTTPTypes

/// What a token says of itself.
struct AccessRoutes: Sendable {
    var routes: [Route] {
        [
            Route(.get, "/v1/token", .anyToken, AccessDocumentation.own) { call in
                Answer(json: [
                    "name": .name(call.identity.name),
                    "scopes": .strings(call.identity.scopes.map(\.rawValue).sorted()),
                    "tasks": call.identity.tasks.map { JSONValue.names($0.sorted()) } ?? .null,
                ])
            }
        ]
    }
}
