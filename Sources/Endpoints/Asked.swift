package import Contract
package import Evaluation

/// What somebody asks an endpoint with.
package struct Asked: Sendable {
    /// The values of the names in its path.
    package var path: [String: String]
    package var parameters: Parameters
    package var body: JSONValue?

    package init(
        path: [String: String] = [:],
        parameters: Parameters = Parameters(),
        body: JSONValue? = nil
    ) {
        self.path = path
        self.parameters = parameters
        self.body = body
    }

    /// A name that stands in the path.
    package func name(_ segment: String) throws -> Name { Name(try text(segment)) }

    func text(_ segment: String) throws -> String {
        guard let text = path[segment] else {
            throw ParameterFault(.unreadable, "The \(segment) is missing.")
        }
        return text
    }

    /// How many of a list are wanted at most, the parameter `limit`.
    func limit(upTo most: Int, usual: Int) throws -> Asking<Int> {
        let limit = try parameters.integer("limit", in: 1...most) ?? usual
        return { _ in limit }
    }

    /// The members of the body, each of which must be known.
    func members(_ allowed: [String], nullable: [String] = []) throws -> Members {
        try Members(body ?? .null, allowed: allowed, nullable: nullable)
    }
}
