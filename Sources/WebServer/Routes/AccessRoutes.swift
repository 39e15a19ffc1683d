import Contract
import Evaluation
import HTTPTypes

/// What a token says of itself.
struct AccessRoutes: Sendable {
    var routes: [Route] {
        [
            Route(.get, "/v1/token", .anyToken, AccessDocumentation.own) { call in
                let identity = call.identity
                return Answer(
                    json: AnswerShapes.ownToken.json(
                        (identity.name, identity.scopes, identity.tasks)
                    )
                )
            }
        ]
    }
}
