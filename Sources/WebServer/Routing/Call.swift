package import Contract
package import Evaluation
package import HTTPTypes
package import HummingbirdCore

/// A request that may be answered: it is known who asks, and that they may.
package struct Call: Sendable {
    package let request: Request
    package let identity: Identity
    package let query: Parameters
    /// Of a page to which a form is posted: what the form says, known to be one of our own.
    package let fields: Parameters
    let visitor: Visitor
    /// Of the names in the path.
    let values: [String: String]

    init(
        request: Request,
        visitor: Visitor,
        query: Parameters,
        fields: Parameters,
        values: [String: String]
    ) {
        self.request = request
        identity = visitor.identity
        self.visitor = visitor
        self.query = query
        self.fields = fields
        self.values = values
    }

    /// What forms of a page carry where a person is logged in: the field `form_token`; `nil` where nobody is.
    package var formToken: String? { visitor.session.map(FormGuard.token) }

    /// The value of a name in the path.
    package func segment(_ name: String) throws -> String {
        guard let value = values[name] else {
            throw Problem(.internalError, "The path has no \(name).")
        }
        return value
    }

    /// A name that stands in the path.
    package func name(_ segment: String) throws -> Name { Name(try self.segment(segment)) }

    package func header(_ name: HTTPField.Name) -> String? { request.headers[name] }
}
