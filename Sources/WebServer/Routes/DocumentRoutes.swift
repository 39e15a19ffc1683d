import Contract
import HTTPTypes

/// What the service says of itself, for programs and for people.
struct DocumentRoutes: Sendable {
    /// All other routes.
    let described: [Route]

    var routes: [Route] {
        // The documents describe themselves as well.
        let own = Self.routes(openAPI: { "" }, page: { "" })
        let table = RouteTable(described + own)
        let json = OpenAPIDocument(table).json.text + "\n"
        let html = HumanDocument(table).html
        return Self.routes(openAPI: { json }, page: { html })
    }

    private static func routes(
        openAPI: @escaping @Sendable () -> String,
        page: @escaping @Sendable () -> String
    ) -> [Route] {
        [
            Route(.get, "/openapi.json", .everybody, ServiceDocumentation.openAPI) { _ in
                Answer(contentType: "application/json", body: Array(openAPI().utf8))
            },
            Route(.get, "/docs", .everybody, ServiceDocumentation.documentation) { _ in
                var answer = Answer(html: page())
                answer.headers[.contentSecurityPolicy] = HumanDocument.policy
                return answer
            },
        ]
    }
}
