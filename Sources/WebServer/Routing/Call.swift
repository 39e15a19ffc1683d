package import HTTPTypes
package import HummingbirdCore

/// A request that may be answered: it is known who asks, and that they may.
package struct Call: Sendable {
    package let request: Request
    package let identity: Identity
    package let query: Query
    private let values: [String: String]

    init(request: Request, identity: Identity, query: Query, values: [String: String]) {
        self.request = request
        self.identity = identity
        self.query = query
        self.values = values
    }

    /// The value of a name in the path.
    package func segment(_ name: String) throws -> String {
        guard let value = values[name] else {
            throw Problem(.internalError, "The path has no \(name).")
        }
        return value
    }

    package func header(_ name: HTTPField.Name) -> String? { request.headers[name] }
}
