package import HTTPTypes

/// All routes; what the documentation describes is this table.
package struct RouteTable: Sendable {
    package let routes: [Route]

    package init(_ routes: [Route]) {
        self.routes = routes
    }

    /// Finds the route of a request.
    ///
    /// HEAD is answered as GET without its body.
    ///
    /// - Parameters:
    ///   - method: Of the request.
    ///   - path: As it stands in the address, without the query.
    /// - Returns: The route and the values of the names in its path.
    /// - Throws: `Problem` where nothing is there, or something that takes other methods.
    package func find(
        _ method: HTTPRequest.Method,
        _ path: some StringProtocol
    ) throws -> (route: Route, values: [String: String]) {
        guard path.hasPrefix("/") else {
            throw Problem(.invalidRequest, "The path must start with a slash.")
        }
        let segments = try path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
            .map { try PercentEncoding.decoded($0) }
        let effective = method == .head ? .get : method
        var allowed: [String] = []
        for route in routes {
            guard let values = route.path.match(segments == [""] ? [] : segments) else { continue }
            if values.values.contains(where: { $0.isEmpty || $0.contains("\0") }) { continue }
            if route.method == effective { return (route, values) }
            allowed.append(route.method.rawValue)
        }
        guard allowed.isEmpty else {
            var problem = Problem(
                .methodNotAllowed,
                "\(method.rawValue) is not possible here, but \(allowed.joined(separator: ", ")) is."
            )
            problem.allowedMethods = allowed + (allowed.contains("GET") ? ["HEAD"] : [])
            throw problem
        }
        throw Problem(
            .notFound,
            "There is nothing at this path. What there is stands in /docs and /openapi.json."
        )
    }
}
